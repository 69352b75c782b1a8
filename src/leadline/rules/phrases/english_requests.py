"""What people write in English to get no more texts."""

from leadline.rules.grounds import Ground

PHRASES = {
    Ground.KEYWORD: """
        ^ KEYS $
        ^ stop/quit/end/cancel/unsubscribe KEYS $
        ^ ANY_KEY ANY_KEY ANY_KEY? ANY_KEY? $
        so stop $
        ^ knock/cut it off/out now/already? $
        ^ stop im/i am? serious/mean it?
        ^ opt me/us/my out/number $
        ^ stop all/everything/now/already/immediately/pls/forever/permanently $
        ^ stop it/this/that/all already/now/all/forever/immediately $
        ^ end/cancel all/everything $
        ^ to/i/we/id/im/so/and/or/then stop KEYS $
        ^ my/heres/this/here/consider/take reply/answer/word/response/my/is/this is/my/a? STOP_OR_OUT $
        im/i am? texting/replying/sending/typing/saying/answering/writing with? STOP_OR_OUT
        ^ quote stop unquote/endquote/end? quote? $
        ^ everyone/everybody stop $
        ^ say/saying/send/sending/text/texting/typing/reply/replying/my/answer/word/message/command is? stop $
        ^ stop means stop $
        ^ unsubscribe me/us/now/all/immediately $
    """,
    Ground.WEAK_KEYWORD: """
        ^ WEAK_KEYS $
        ^ WEAK_KEYS WEAK_KEYS $
        ^ cancel/end/quit too/not/no/im/i/we/were/already/wrong/sold/moved/dont/cant/because/never/nobody
        ^ cancel/end/quit it/this/that/everything/now/already/immediately $
        ^ stop no $
        ^ reply/text/send/type? KEYS 2/to end/quit/cancel/stop/unsubscribe/opt/leave out? from/of/all? messages/texts? $
    """,
    Ground.LOOSE_KEYWORD: """
        ^ stop
        ^ stopping
        ^ unsubscribe
        ^ quit
        stop $
        unsubscribe $
        stop now
        stop already
        unsubscribe
        opt out
    """,
    Ground.REQUEST: """
        CEASE ADDRESSING ME
        CEASE CONTACTING
        CEASE ADDRESSING $
        CEASE ADDRESSING AGAIN/now/already/immediately/here/to/and/or/people/strangers/please/texts
        CEASE sending/writing/trying/doing/these/this it/this/that/these/those $
        CEASE sending ALL? SENT
        CEASE sending me/us
        CEASE sending .. to me/us
        CEASE sending IT/stuff/shit/crap
        appreciate/great/nice/grateful/love .. if you/yall/we stopped/quit/stop/didnt/wouldnt ..
        if you/yall stopped/quit CONTACTING
        done/over getting/receiving/with ALL? TEXTS
        done/over getting/receiving these/this
        no part of this/these/it
        CEASE ALL? TEXTS
        CEASE ALL SENT
        CEASE SENT $
        CEASE ALL ADDRESSING
        CEASE ALL .. TEXTS
        stop/quit/cease doing this/that/it to me/us
        stop/quit/cease/end all/any/further contact/communication/communications/outreach/correspondence
        stop w/with ALL? SENT
        stop talking to me
        stoop it/now/already
        CEASE using/sending/writing to? my/this/our PHONE
        stop wasting my/our time
        stop trying $
        stop your/this/these harassment/bullshit/crap/nonsense
        stop/quit contacting/calling me/us
        stop/quit trying to sell/buy/reach/contact/call/text/get me/us/my
        stop asking me/us/about/if
        stop now/already
        stop/quit this/that/it now/already/immediately/or/before/and
        must/need/needs/have/got/better/just to? stop this/that/it $
        stop being a pest
        SHUT_OFF ALL SENT
        SHUT_OFF TEXTS
        silence/mute/kill/disable/deactivate this/these/it $
        turn/shut/switch/cut ALL TEXTS/SENT/IT off
        shut/turn/switch IT off
        cancel my/the/this/our text/sms/message/messaging subscription/alerts/messages/service
        cancel my/the/our/all texts/messages/alerts/notifications
        cancel me out? $
        cancel me/us from/off/out
        end/cancel my/our/this subscription to/with/for these/this/your/the/texts
        DONT CONTACT ME
        DONT ADDRESS ME AGAIN
        DONT ADDRESS ME ALL? SENT
        dont/never/not/do write/email/phone/mail/send/reach me/us $
        DONT CONTACT ME $
        DONT CONTACT ME or/and/ever/at
        DONT call or/and text
        DONT ADDRESS ME anything/nothing/stuff/shit/no/any/another/these/this/more
        DONT CONTACT AGAIN
        DONT CONTACT $
        DONT ADDRESS AGAIN
        DONT bother CONTACTING/calling ME
        DONT send me/us? any/another? further/more/other? SENT
        DONT send any? SENT
        DONT send/text/write/message another/anything/any/more/nothing else/more/again/one
        DONT need/want you/yall to? CONTACT/ADDRESS ME?
        dont/never/not send me/us any? more? SENT
        dont/never/not reply to? me? again/anymore
        dont text/message/contact this
        dont/never call/text/write/message here again?
        dont text/message/contact back/anymore/again/no
        not CONTACT ME
        not CONTACT/ADDRESS ME? anymore/again/any/ever
        not be texting/messaging/contacting me/us
        not CONTACT $
        not texting/contacting/messaging/bothering/spamming me/us
        without texting/messaging/contacting me
        no/zero/enough/0 more? TEXTS
        no/zero/enough more/of/with ALL? SENT
        no/zero more contact/calls/contacting/of this/these/those
        no more $
        no mas $
        no mas TEXTS/SENT
        my/our? phone/number/cell .. must not/never be contacted/texted/used
        not be contacted/texted/messaged
        why/when wont/dont/cant/will/do you/yall/u/these people/guys/texts? stop
        REQUEST_VERB that you/yall not/never/stop/cease
        no further/additional/future SENT
        no contact $
        enough/done/through/finished/sick with/of the/these/your/this texts/messages/spam/texting
        NO_LONGER longer? WISH ALL? .. SENT
        NO_LONGER WISH to? BE_CONTACTED
        NO_LONGER WISH these/this/those/them/any AGAIN? $
        NO_LONGER WISH .. from you/your/yall/u/these/this
        NO_LONGER want/need/wish this/these/those/your/any/any more/more/further SENT
        NO_LONGER want/wish you/yall/anyone/people/strangers texting/contacting/messaging/to text/contact/message
        dont want you/yall/anyone texting/messaging/contacting/calling/bothering ME
        dont want/need texted/messaged/contacted
        not interested in receiving/getting/hearing/being/these/your? texts/messages/these/from/any/further/contacted
        not interested in your? these? TEXTS/contact
        rather/prefer not to? receive/get/be/hear texts/messages/these/contacted/from/any/texted
        id/i/we/wed would? like/want/love/prefer off/out $
        dont/not need to? keep? CONTACTING/checking/following/reaching/ADDRESS/CONTACT ME?/up/in/out anymore/again/me/us/with
        dont/not need/have to keep CONTACTING/ADDRESSING/checking/following
        no need/reason to keep? CONTACT/ADDRESS/CONTACTING/ADDRESSING ME? any AGAIN
        no need/reason to keep? CONTACT/ADDRESS/CONTACTING/ADDRESSING ME? AGAIN
        no need/reason to keep CONTACTING/ADDRESSING
        dont/not/no want/need/wish any? more/further of? these/those/them/this/your $
        if you/u/yall could/would/can/will? please? stop/quit/end ALL? SENT/CONTACTING
        end/cancel subscription to/with/for these/this/your/the texts/messages
        remove it/this/that/me right/now/immediately/or
        rather you didnt/dont/not contact/text/message me
        rather not get/receive/be/have .. TEXTS/contacted/texted
        would/id/like/want/need/wish/have/ask/asking/request/please you/them/this/these/it/yall to? stop .. TEXTS/texting/contacting/messaging/sending
        would/id/like/want/need/wish/have/asking/request like? you/them/this/these/it/yall to stop $
        want/need/wish/like/demand/demanding/requesting/request/expect that? these/this/the/them/all/it/your texts/messages/spam/contact/communication? to? stop/end/cease
        want/need/like/wish to stop receiving/getting/recieving
        stop receiving/getting/recieving these/this/them/your/any/all/it
        want/need/like/wish to stop ALL? TEXTS
        want/need/like/wish to/too stop/quit/end $
        stop receiving/getting/recieving ALL? SENT
        want out $
        want out of this/these/your/all/here
        want off this/these/your/the/all .. LIST
        want/get me out of here/this/these/your
        let me out/go $
        let ME out/off of? YOUR .. LIST
        get/take/keep ME off/out of it/this/that/these/everything
        get/getting me/us off/out .. LIST/this/here
        get/getting off this/your/these list/texts/thread/chat
        get me off $
        how about you stop
        make it/this/these/them/the .. stop
        make ALL? SENT stop
        make sure i dont get/receive
        make sure you never/dont
        see to it that
        put/get a stop/end to these/this/the/your
        make/let this/that be/is the last text/message/time/one
        this/that is/be/better my/your last/final text/warning/message
        last time you/yall text/contact/message me
        if/unless you dont/do/dnt not? stop
        if i hear/get/receive from/another/one? you/text/message/more again/text?
        if you/i text/contact/message/call/get me/another again/text/one
        would/can/could/will you/yall/u stop/quit/cease $
        would/can/could/will/why you/yall/u/dont stop/quit/cease/not ADDRESSING/CONTACT/you ME/texting/messaging
        can/could/would/will you/yall stop/quit it/this/that/already/now/please $
        can/could/would/will this/these/it/the .. stop $
        why dont you stop
        when will/are/do you/this/these/it gonna/going/to? stop/quit/end
        wont/doesnt/cant YOU? stop ADDRESSING ME
        you/they/these/it wont stop $
        you/they/these wont stop
        no one/noone/nobody .. CONTACT/ADDRESS ME
        can/could/would you/yall/u not $
        bother/spam/harass someone/somebody else
        ^ go? text/message/contact someone/somebody else
        prefer/rather/wish/appreciate it? if? you/yall/they not/didnt/dont/wouldnt/stopped/quit CONTACT/ADDRESS/CONTACTING/texting
        doesnt/dont/isnt want/interested in? your/these/any/more TEXTS
        miss me with ALL? TEXTS/that/this/it
        aint/not tryna/trying/wanting/gonna/looking to? get/receive/read/see/want .. TEXTS/SENT
        shove/shut/stick/save your/ur/the/these TEXTS/SENT/pitch
        block/disconnect/detach/exclude/disenroll/unhook/untag/unlink me/us/my/this
        DONT include/enroll/keep/put/have me/us/this/my .. FROM/in/on .. LIST/SENT
        being/be removed/deleted/unsubscribed/taken $
        removed/taken me off? yet/already
        removal from
        REMOVE both/all/each of? our/my/these PHONE
        take/get my/our name/number/info and/or name/number/info/phone off/out
        want/need/like PHONE_OF_MINE off/out/gone/removed/deleted
        DONT CONTACT/ADDRESS my/our wife/husband/mom/dad/mother/father/kids/son/daughter/parents AGAIN
        my/our/this PHONE be? removed/deleted/erased/dropped/unsubscribed
        gtfo off? of? my? PHONE?
        get out/outta/off of? my/this PHONE
        do not call text registry/list
        stop hitting/blowing my/up/our PHONE/phone/line
        cut/kill/end the/these/those/your TEXTS
        CEASE with the/your/these .. pitch/pitches/spam/sales
        illegal and? i never/didnt
        never stop texting/messaging/bothering/contacting/calling/spamming me
        leave/let me/us alone
        leave/let ME alone
        leave me/us the .. alone
        leave me/us/my/this be/number alone?
        leave this/my PHONE alone
        let me be $
        leave my PHONE
        go away
        get lost
        fuck/f/piss/bug/buzz/fck/eff/sod/bugger/jog off/of/outta
        fk off
        f off
        kick rocks
        back off $
        get a life and stop
        get off my/this phone/line/number
        hop off my/this phone/line/number
        do not disturb $
        exit this/me/list/program/texts
        exit the list/program/texts/chat/group
        let/left ME be? alone $
        be/am left alone
        leave people alone
        CONTACT ME again/once and/or/more/u/you/ill/im
        bye stop
        lose/forget/loose/burn/erase/delete/trash/toss/forgot/unsave/ditch/scrap/shred/lost my/this/our/the PHONE
        lose/forget/burn/trash/toss my/our info/information/details/contact/name
        lose/forget/loose/delete/erase it $
        forget/lose you/ya have/had/ever/got my/this PHONE
        forget you have/had/got my
        dont/never use this/my PHONE again?
        discontinue/cease/terminate/end/suspend/stop ALL? communication/communications/contact/correspondence/service/messaging
        be gone
        not a fan of/these texts/texting/messages/these/your
        unfollow me
        please no more text/texts/messages
        over these/your/the texts/messages/spam
    """,
    Ground.REMOVAL: """
        REMOVE ME $
        REMOVE ME FROM YOUR
        REMOVE ME FROM .. LIST
        REMOVE ME FROM YOUR .. LIST
        remove/delete/scratch/unenroll/erase/scrub/unregister ME
        REMOVE ME asap/now/already/immediately/today/and/i/im/or/ok/sir/permanently/here/anymore/this
        take/get/keep/leave ME off/out $
        get/keep/have ME FROM YOUR
        get/keep/have ME FROM .. LIST
        can/could/may/should/must/need/please ME/i/we? be/get removed/taken/deleted/unsubscribed/excluded
        take off ME
        take/pull/scratch/strike off my/this/our number/name
        take off $
        take off your/the/this list
        take ME off/of the/these/those/your .. SENT/updates
        take off me/us .. LIST
        remove from .. LIST
        remove/delete from $
        remove/delete $
        remove/delete/erase all/everything/any of? my info/data/information/number
        remove/delete/clear/erase my/this/our/the phone/cell/mobile/contact number/info/information/details/phone
        removed/deleted/erased/taken/dropped/excluded/scrubbed from/off/out .. LIST
        be/get removed/deleted/excluded/taken off? $
        removed/taken off/from your/this/these/all
        remove/removal request/requested $
        request/requesting/demand/want/asking/need/like for? removal/deletion/erasure
        removal of/from my/your/this/all
        off your/ur/this/these/the text/mailing/call/contact/marketing/calling/sms? list/lists/database
        off this list/text/thread
        off your
        not on/in your/this list anymore
        dont want/wish to be on/in/included/part .. LIST
        UNSUBSCRIBE from YOUR/ALL/everything/here/SENT
        UNSUBSCRIBE from .. LIST
        UNSUBSCRIBE from $
        REMOVE ME off/out so/and/or/because/please/before/it/im/i
        be/get excluded/exempted/taken/left/dropped/omitted/unlisted/purged FROM/off/out .. LIST/SENT
        be/get excluded/exempted/removed/omitted FROM YOUR/ALL
        UNSUBSCRIBE me/us/my/this/all/please/now/number/immediately/asap/to/of
        ^ UNSUBSCRIBE
        UNSUBSCRIBE $
        want/need/like/wish/trying/tryna/wanna/gonna/going/request/requesting/asking/please/prefer to? UNSUBSCRIBE
        i/im/we/to/id UNSUBSCRIBE
        OPT_OUT $
        OPT_OUT of? ALL? SENT
        OPT_OUT of/from YOUR
        want/need/like/wish/choose/going/prefer/to to? OPT_OUT of YOUR/SENT/everything/it/receiving/getting/being
        want/need/like/wish/choose/going/prefer/to to? OPT_OUT of ALL SENT
        OPT_OUT please/now/immediately/all/me/asap/i/im/my/thanks/and/entirely/completely/altogether
        want/need/like/wish/choose/trying/decided/going/gonna/prefer/electing/elect/asking/requesting to OPT_OUT
        i/im/we/hereby/id/formally OPT_OUT
        opt me/us/my/this out/number/phone
        opt me/us out of YOUR/ALL/TEXTS
        opt out number/me/us
        put/add/place/register me/us/my/this/our on/to/number/phone? .. do not call/contact/text/disturb
        put/add/place me/us/my/this number? on/to/in .. dnc/dncl
        add/put/place .. do not call/contact/text list
        do not call/contact/text list/registry $
        on the do not call list/registry
        on the dnc
        on the national do not call
        do not call list
        dnc list/me/this
        ^ dnc $
        mark/flag/list/set/register/code me/us/this/my as/number .. dnc/contact/out/inactive/unsubscribed/dead/closed
        close out? my file/lead
        close/cancel my text/sms account
        take my lead/info/file out
        cross me off
        strike me from
        count me out of/from these/your/this/all/the texts/messages?
        no longer/dont want/wish to? be/remain/stay subscribed/enrolled/listed/registered
        disenroll/deregister/deenroll/unenroll/unlist/unregister me/us/my/this/$
        end my subscription
        stop my subscription
        delete/erase me/us/this
        wipe my/me info/number/data/details/from
        purge my/me
        forget me $
        forget about me $
    """,
}
