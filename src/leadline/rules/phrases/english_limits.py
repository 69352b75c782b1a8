"""What people write in English when texts are too many, when they are angry, and what changes a request."""

from leadline.rules.grounds import Ground

PHRASES = {
    Ground.TOO_MUCH: """
        no TEXTS/calls while/after/before/during/on/at/until/till/past/so/in/from/between/unless/when/early/tonight/today/this
        no texting/messaging while/after/before/during/on/at/until/till/past
        too many/much/often/frequent texts/messages/texting/spam/of/notifications/texting/alerts?
        so/this/that/how many texts/messages
        texts/messages/texting too/so many/much/often/frequently/early/late
        text/message/texting/messaging/you me? too/so/less/way much/often/many/less/frequently/early/late
        text/message/contact/send me? .. less often/frequently/frequent/texts/messages?
        less/fewer/fewr/reduce texts/messages/spam/texting/often/frequent/notifications/the/texting
        not/dont so/as/that/too many/much/often
        slow/ease/tone/dial/cool/calm down/up/it/back on/with/down/the/a/it? .. texts/messages/texting/messaging/msgs
        slow/calm/ease down/up on/with
        chill/relax/easy with/on/out the/w/with texts/messages/texting/the
        limit/cut/cutback/scale/reduce .. back/texts/messages/down
        cut back/down on
        DONT CONTACT/ADDRESS ME? LIMITS
        can/could/would/will you/yall/u/we not CONTACT/ADDRESS ME? LIMITS
        one/two/1/2 text/texts/message/messages a/per day/week/month
        once/twice a/per/every day/week/month is/only/max/would enough/plenty/be/fine
        only email/call/mail me/us
        only text/message/contact me? during/between/after/before/on/at
        only text/message/contact me if/when/about/for/on/between/after/during/once/in
        do you know/have/realize/any what/idea time
        what time it is/here
        its/it is? only? 5am/6am/4am/3am/2am/1am/midnight/11pm/12am/11/3/2/4/5/6 am/in/at/pm? $
        too early/late to/for text/texts/this/be/texting/messages
        waking/woke me/us/up/my up?
        you/yall/u guys/people/all? text/message a/too/way/so lot/much/often
        a/whole lot of texts/messages
        only text/message/contact me *
        text/message/contact me only *
        what/whats/how/word/way/anything .. to stop these/this/them/it $
        can/could these/this/those/they/it be turned/shut/switched off/down
        instead/rather than/of texting/texts/text/messaging
        email/call/mail/write me? only $
        email/mail me? instead/not $
        by/via/through/over/to/use/prefer email/mail/phone/calls/emails only/instead $
        prefer/rather email/emails/calls/a/phone/mail to/over/than/not/instead
        prefer/rather not to? text/texting
        texts/texting is/are/cost/costs too/annoying/me/not/cost
        pay/charged/charges/paying for/per each/every/text/these/incoming/every? text/message
        not/dont on/during/at/after/before/text weekends/work/night/hours/weekend/sundays/midnight
        texts/messages are/is/r getting? really/so/super/very/just/too? annoying/excessive/ridiculous/much/many/constant/endless/old
        these/the/your/all these? texts/messages? are? annoying/excessive/ridiculous
        pause/hold/snooze/mute the/these/my/all/your/texts/alerts/notifications/on/off texts/messages/alerts/for/texting/notifications
        pause/hold off? .. texts/texting/messages/alerts
        take a/me break from/off
        give it/me/us a/some rest/break/space
        enough $
        enough already/of $
        enough already with/of/im/i/stop
        enough is enough
        give/back me/off a/some little/bit space/off
        dont be so/pushy
        too pushy
    """,
    Ground.ANGER: """
        fuck/screw/fck/fuk/f/eff/fk/damn you/u/yall/this/ya/your/off/ur
        fuckyou
        go/eat to/a/shit/fuck hell/yourself/dick/kick
        burn in hell
        stfu
        shut up/it/the $
        shut the
        kiss/suck my
        up yours
        piece of shit
        assholes/asshole/jackass/jerks/scumbags/scumbag/scum/losers/dipshit/dumbass/morons/vultures/creeps
        annoying/irritating/obnoxious $
        so/very/super/really/getting/this/is/youre/are annoying/irritating/obnoxious/intrusive
        sick/tired/fed/over/had sick/and/tired? of/up/it/with/enough this/these/you/your/with/it/texts/getting/hearing/being?
        over it $
        had it/enough with/of/$
        getting/on/old/gets on/my/old/annoying? nerves/already/fast
        pissing/pissed me off
        pissed off
        you people are/need/never
        get a real? job/life
        rot in
        die $
        bye felicia
        beat it $
        bugger
        give it up
        give up $
        pest $
        take a hint/hike
        get the hint/message/picture
        cant take a hint
        creepy $
        desperate $
        🖕
        🛑
        🚫
        🤬
        📵
        🔕
        🤮
        👎
    """,
    Ground.HINTED: """
        ENDING .. ABOUT_TEXTS
        not/never/arent/werent wanted/welcome/appreciated $
        unwanted/unwelcome texts/messages/contact/$
        you/yall/people/ask/asking/them .. stop
        to stop $
        please stop
        ENDING .. * ABOUT_TEXTS
        ABOUT_TEXTS .. stop/end/cease
        REMOVE .. ME FROM
        dont/no/not/never/without .. consent
    """,
    Ground.ASKING: """
        how do/can/would/could/should/to/does/might i/we/you/one/a
        how to
        how do
        how can
        is there/their a/any/an way/option/button/link/number
        is it possible
        can/may/could/should/am/where i/we/do
        where do/can i
        what do/should/must/would/can/word i/we/do
        do/should/must/did i/we/did have/need/want/text/just/reply/still? to?
        what is the way/process/procedure/keyword
        whats the way/process/trick/procedure/keyword
        way to
        tell me how
        show me how
        link to
        whats/what happens if i
        if i
        will i
        would i
    """,
    Ground.LIMIT: """
        LIMITS
    """,
    Ground.ASIDE: """
        tell/ask/make/get/have/telling/asking the/my/him/her/his/their/that/whoever/other
        the/that/another/other/my/our/his/her/some * .. wont/doesnt/keeps/kept/cant/didnt/couldnt
        can/could/will/would/should/must/may the/that/those/a/an *
        he/she/they wont/keeps/keep/kept/cant
    """,
    Ground.OBJECT: """
        for paper/the/my/our/a
        of *
        of/from the/my/a/an/our/his/her/their/paying/having
        * OTHERS
        OTHERS
    """,
    Ground.JOKE: """
        too kind/funny/sweet/much/cute
        making/makin me blush/laugh/cry/hungry/smile/jealous
        youre killing me
        cracking me up
        hammer time
        dying lol/haha/😂
        made my day
        😂
        🤣
        lol
        lmao
        haha
        hahaha
        hehe
        rofl
        😍
        🥰
        adorable
        cutest/cute/sweetest
        shut up thats/omg/no/really/serious/seriously
        you got me
        had me at
    """,
}
