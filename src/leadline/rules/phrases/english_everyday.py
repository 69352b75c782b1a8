"""What people write in English to get texts or help, and everyday phrases that only sound like a request."""

from leadline.rules.grounds import Ground

PHRASES = {
    Ground.START: """
        ^ START_KEYS START_KEYS? $
        unstop/unblock/restart/resume/reactivate/reinstate/reenable/reenroll me/my/texts/messages/texting/alerts/sending/the/messaging/updates/notifications/these/us/it/your/this/service
        ^ unstop
        re? add/enroll me/us back/again/please/$
        resubscribe/resub/re/resubscribing me/us/my/subscribe/to/subscription/please/number/sub
        want/like/wish/ready/love/need to/too resubscribe/rejoin/reenroll/re
        want/like/wish/love/glad/happy/need/ok/okay/id to? subscribe/optin
        i/please/can/would/want/like/to/id/wanna .. opt back in
        ^ subscribe me/us/to/my
        opt me/us/my back? in/number
        opt back in
        opting/opt in back/again/please/to/$?
        opting back in
        want/like/wish/need/love to opt in
        opted out by/on accident/mistake/purpose
        sign me/us/my back? up again
        sign me/us/my back up
        sign/signing me/us/my? up for/to your? the? TEXTS/alerts/updates/notifications/reminders/list/newsletter/sms
        put/add/get/sign/take me/us/my back/again number? on/to/in/into
        put/add me/us back
        put/add my number back
        put/add/include me/us/my to/on/in/number/into .. text/texting/sms/texts/your/mailing/alerts list/messages/texts/alert
        add/include me/us to your
        turn/switch/set .. back on
        turn/switch .. texts/alerts/messages/notifications/texting on
        start/begin/resume/continue/restart texting/messaging/sending me/us/the/again/texts/updates/messages/them/those/my/alerts/$
        start/resume/restart sending/getting/receiving .. again/updates/alerts/texts/messages
        start/resume/restart .. texts/messages/alerts/updates/texting/messaging again?
        start me/us back/again/up
        start again $
        text/message/contact/send me/us/texts/updates/alerts/messages/them/it/your .. again $
        can/may/do/could/please/ok/okay/will/welcome you/u/to/yall text/message/contact/send me/us .. again
        want/like/wish/love to/you start/get/receive/keep/resume/continue/getting/receiving/to? .. TEXTS/alerts/updates again/back
        want/like/wish/love to/too get/receive/start/hear .. TEXTS/alerts/updates/promos/deals
        want/like/wish/need/miss your/the/these/my texts/messages/alerts/updates back/again
        get/receive/have the/your/these/my? TEXTS/alerts/updates again/back
        want/like/wish/love/need/ready/happy/id to/too? get/receive/be/getting/receiving/hear/hearing/start .. again/back
        ok/okay/fine/cool to text/message/contact me us? again
        miss/missing your/the/these texts/messages/alerts/updates
        want back in/on
        let me back in/on
        bring back the/my/your texts/messages/alerts/updates
        ^? i? stop/stopped/unsubscribe/unsubscribed/opted/unsub/quit .. accident/mistake/accidentally/accidently/mistakenly
        by? accident/mistake/accidentally/accidently/mistakenly .. stop/stopped/unsubscribe/unsubscribed/unsub
        accidentally/accidently/mistakenly/didnt/mistake/accident/unintentionally .. opted/opt out
        didnt/never/dint mean/meant/intend/intended/want/wanted/ask/asked to stop/unsubscribe/opt/text/send/hit/unsub/cancel/say/type/be .. stop/out/unsubscribe/texts/unsubscribed/removed
        didnt/never/dint mean/meant/intend/want/wanted to unsubscribe/stop/unsub/optout
        undo/reverse/ignore/disregard/cancel/forget the/my/that/last stop/opt/unsubscribe/out/optout .. out/request/message?
        undo stop/unsubscribe/opt/that
        take back my/the/what stop
        ignore my stop
        changed my mind .. start/subscribe/again/texts/text
        change of heart .. start/subscribe/again/texts/text
        i consent/agree/authorize/allow to/you to? receive/receiving/texts/text/messages/your/texting .. texts/messages/me/again?
        yes opt me in
        its/it is? ok/okay/fine/alright/cool to text/message/contact me again
        you/u/yall have my consent/permission/ok to text/message/contact/send
        rejoin/re enroll/join/join back/re up the/your/my/me? list/texts/alerts/text
        please continue/resume/restart $
        start over texts
    """,
    Ground.YES: """
        ^ yes $
        ^ yes yes/i/do/im/again/start/back $
        ^ yes start
    """,
    Ground.HELP: """
        ^ HELP_KEYS $
        ^ help help/me/info/us $
        ^ help with/about these/this/your/the texts/messages/number/service/text/texting/program
        need/want/get/some/have/for/how help/info/information/support with/about/on these/this/your/the texts/messages/text/texting/sms/alerts/message program/service?
        need help/support understanding/with these/this/the texts/messages
        ^ who is/dis/this/r/are/am this/you/dis/u/i $
        ^ who is this/dis texting/from/and/please/again/number/messaging/text/with/im
        ^ whos/who this/dis/that/texting/u/r/it $
        ^ whos this
        who runs/owns/operates/uses/answers/monitors/manages this/the number/line/phone/account
        ^ who sent/sends this/these/it
        what/which company/business sent/sends this/these/it
        what do/will/would/does you/u/yall/this guys? text/send/message people/me? about
        whos this/dis/texting/it $
        is/are this/you/it/i a/an/talking? to/with? a? real/actual/live/automated/human/bot/robot/computer/ai
        who is/are/s/am i? texting/messaging/contacting/sending/talking/speaking/chatting/communicating me/us/these/this/to/with
        who am i talking/speaking/texting/chatting/dealing to/with
        whos texting/messaging/talking/contacting/sending me/this/to/these?
        who are you/u/yall guys/people/with/and/exactly/affiliated/from/$?
        who this is/was $
        who you are/work/represent
        who do you/u/yall work for
        who do you/u represent
        who/what company/business/organization/team/dealership/agency/brand/store/office/firm is/are/sends/do/does/am/runs this/you/these/i/texting/sending/behind/contacting/it
        what/which company/business/org/organization/dealership/agency/office/brokerage is/are/do/r this/you/u/these/sending/texting
        who runs/owns/operates/sends/manages/sent/is running/behind this/these/the/it/your .. text/number/texts/messages/line/service/program/list/account
        whos/who is/are? behind these/this/the texts/messages/number
        what/whats/wat is/are/s/r this/these/your/the/dis/it .. number/texts/messages/line/service/text/list/program/alerts
        what/whats/wat is/are/s/r this/these/dis/it all? about/for/regarding
        how many texts/messages will/do/can/should/would/are i/you
        what/whats is? this $
        whats this number/text/about/for/regarding
        what/whats is/are/this this/these/it/about/text/texts in? about/regarding/for/reference/to
        what/which number/list/service/program is/am/are this/i/these
        what am/did i/we getting/subscribed/signed/enrolled/receiving? up/to/in/for?
        what did i sign up for
        how do/can/could/would/should i/we/you .. reach/contact/call/talk/speak/get you/support/to/someone/a/customer/the/hold .. about these/this/texts/messages/the
        how can/do i contact/reach you/support/customer
        how do i reach/contact/get support/customer/a/help human/service/support/person/help
        who/where/what/which do/can/number/should/phone/would i/do/can/should .. contact/call/ask/email/reach/talk/write/phone .. about/with/regarding .. these/this/texts/messages/text/messaging/alerts/program/sms
        is there a/an/someone number/person/someone/email/contact/support .. about/for/with .. texts/messages/alerts/texting/text/these
        customer service/support number/phone/contact
        how often/many/frequently do/will/does/are/would/messages/texts you/yall/this/these/i .. text/send/texts/messages/get/come/receive/going/texting
        do/does/will/are you/i/it/these/this .. charge/charged/cost/rates/free/fee/pay .. texts/messages/for/text/me .. texts/messages/text?
        how much do/does/will/are these/texts/messages/the/this/it .. texts/cost/messages/charge
        what are/is the/your message/messaging/text/texting/msg/data rates/frequency/fees/terms
        message/msg and data rates
        how does/do this/these/the .. text/texts/messaging/texting/alerts/messages work
        what/which commands/keywords/words/options can/do/are/does
        terms and conditions of/for these/the/this texts/text
        privacy policy for these/the/this/your text/texts/texting/messages
        what is/are .. texts/messages/text/messaging about/for
        explain .. texts/messages/program/text
        more info/information/details on/about these/this/the/your texts/messages/text/texting/program/messaging
        info/information about/on these/this/the/your texts/messages/text/texting/messaging
    """,
    Ground.ORDINARY: """
        dont/never/not/wont/cant/didnt/doesnt/shouldnt/couldnt/isnt/wouldnt/hasnt/nonstop/non/without/havent/arent/wasnt stop/quit/end/stopping/cancel/ending/quitting/cancelling
        dont/not/never want/need/wanna/mean/wish/have/plan/going/trying/like/planning/asking/saying me/you/us/to? to? stop/quit/end/unsubscribe/cancel/opt/stopping/unsub out?
        dont/not want/need you/it/this/these/them/to to? stop
        do/did/does/will/could/would/can/should not stop/quit/end/cancel
        dont/do/not/never not? REMOVE me/us/my/it/the/that/any/anything
        dont/not/never/didnt unsubscribe/unsub/OPT_OUT
        not unsubscribing
        not asking to/you
        didnt/never/not/dont say/said/saying/sent/text/texted/meant/wrote stop
        dont need help/anything/more found/got/yet/today/with
        stop by/at/in/over/for/sign/signs/light/lights/loss/losses/on/there/here/watch/gap/motion/order/orders/valve/off/and/along/the car/clock/work/and/before/first/after/near/outside/between/distance
        stop here/there/by
        stop and/to look/see/get/grab/pick/think/check/talk/say/smell/chat/eat/ask/view/visit/rest/consider/shop/admire
        stop/stopped/stopping/stops/stoped by/at/in/over/for/working/on/running/off/along
        stop paying/wasting/renting/smoking/losing/worrying/overpaying/throwing/drinking/leaking/working/running/looking/stressing/dreaming/thinking/hesitating/procrastinating/laughing/crying/playing/selling/buying/using/doing/making/giving/freezing/overthinking/guessing/waiting/charging/the
        stop sending/mailing/shipping/posting/faxing/writing/emailing it/the/old/him/her/them/people/for/a/to the?
        stop the presses/leak/bleeding/water/car/clock/work/press/payment/leaking/foreclosure/closing/install/drip/drips/squeak/auction/eviction/sale/order/fees
        stop/quit calling it/him/her/them/people/your/the
        stop sending the/people/him/her/to/paper/my/a .. old/list/mail/invoices/bills/paper/price/packets/kids/crew/guys/quotes/brochures?
        a/an/my/your/his/her/our/the/that/first/next/last/bus/pit/rest/one/two/quick/train/metro/subway/full/final/second/another/each/every/short/long/truck/door/tab/whistle/back/gas/coffee/non/any/three/third/hard/kill/which/what/emergency/dead/1/2/3/4/one/potty/this/lunch/only/some/traffic/stair/end/brake/our/extra stop/stops
        this stop
        bus/train/metro/pit/rest/shuttle/tram/truck/streetcar/trolley stop/stops
        i/we/ill/id/can/could/should/shall/will/would/to/gotta/must/need/may/might/wanna/going/gonna/plan/just/also/probably/had/have/got/then/well/let/lets we/i/me/you/to? stop by/at/in/over/for/there/here/to/drinking/smoking/eating/along/after/before/tomorrow/today/later/this
        when/where/why/how/what did/does/do/will/would/time/can/should it/the/they/he/she/this/that/rain/you/we .. stop/end/quit
        stop what/whatever you/youre/im/doing
        stop laughing/lying/kidding/teasing/joking/playing/worrying/playin/it/capping
        stop it youre/thats/lol/haha/omg/😂/🤣/😍/that
        oh/omg/aww/aw/haha/lol/please/lmao stop it? lol/haha/😂/🤣/youre/that/thats/you/😍
        to/in spam
        check/in/to/from my/your/the spam
        spam folder/folders/filter/filters/box/inbox/leads/traffic/calls
        to/in my spam
        block/filter/stop spam leads/calls
        no message/messages/text/texts/word from the/him/her/them
        not getting/receiving any/the/your/my texts/messages from?
        opt in for/to the/a
        dont/never forget me/about/it/us
        nonstop
        non stop
        stopped/stopping/stops
        stop/stopping distance
        in/at/by/on/the/of/front/back/high/low/year/weekend/month/deep/west/east/north/south/dead/rear/far/other/shallow/open/week/both/each/either/tail/loose/an/no/to/split end/ends
        end of/up/table/unit/units/result/zone/user/users/date/time/cap/game/to/in/at/on/tables/stage/date/bedroom/goal/house/lot/mill/piece/row
        ^ end of
        the/our/your/my/his/her/no/this/an end
        my/husband/wife/she/he passed the/his/her/credit/smog/inspection/emissions
        weekend
        make/making ends
        i/he/she/they/we/who/it/husband/wife/light/heater/engine/battery/just/ac/furnace/pump/to/about/fridge/already/have/had/never/compressor quit my/his/her/their/smoking/on/working/the/drinking/last/a/in/and/yesterday/again/during
        quit smoking/claim/claims/working/on/my/drinking/the/his/her/deed/job/fighting
        quit $
        call it quits
        quite
        cancel/cancels/cancelled/canceled/cancelling/canceling/cancellation my/the/our/your/on/for/that/it/of/policy/fee/fees/any/anytime/at/if/or/card/order/this/with/after/because/by/due/within/free/penalty/charge/without appointment/appt/reservation/order/3pm/tour/showing/test/inspection/meeting/call/visit/lease/contract/policy/old/viewing/service/membership/installation/booking/check/payment/time/thing/anytime/card/insurance/current/tomorrow/today/tuesday/friday/monday/account?
        cancel my/the/our/your/tomorrow/todays/that/this/tomorrows/it .. appointment/appt/reservation/order/tour/showing/test/inspection/meeting/call/visit/lease/contract/policy/viewing/session/quote/demo/walkthrough/delivery/pickup/drive/class/trip/flight/plan/bid/deal/offer/estimate/consultation/slot/trial/loan/application/insurance/installation/job/gig/invite/closing/escrow/rental/internet/membership/dinner/interview/one/check/payment
        can/could/do/did/should/will/would/if/to/have/had/may/want/need/not i/we/you/they/he/it/to cancel anytime/if/later/my/the/our/and/within/without/whenever/at/for/or/before/because/on
        cancel anytime/if/within/or/and/later/on/for/at/before/fee/fees/culture/policy/out each
        noise cancelling/canceling/cancel
        * cancelled/canceled/cancelling my/on/the/our/his/her/again
        to cancel $
        remove/delete/take/drop/pull/scratch/cut/clear/erase/strike/leave/keep/get it/the/that/those/them/this/a/an/any/all/one/your/his/her/our/some/both/item/line/old/wifi/shoes/off/tree/photo/mikes/kyles/his/my/out .. package/shed/fee/tree/item/quote/contract/lease/clause/line/offer/addendum/carpet/stump/wall/old/photos/photo/picture/warranty/popcorn/wallpaper/contingency/stain/mold/fridge/trees/seats/addon/title/policy/off/price/order
        remove the/that/a/an/those/any/his/her/some/old/all/it/both/from
        REMOVE ME FROM the/our/that/this/my/his/her/your/auto/a .. NOT_LISTS
        take my number/info $?
        REMOVE ME FROM NOT_LISTS
        REMOVE my/our .. FROM the/our/that/my/this/your/his .. NOT_LISTS
        REMOVE my/our ex/wife/wifes/husband/husbands/son/sons/daughter/moms/dads/brother/old/coworker/co/middle/roommate/roommates/name/trade/car/maiden/address/house/listing/bid/offer/email/deposit/kids/stuff/belongings/furniture/things/first/appointment/application/shoes/time/order/review/photos/photo/dog/card/number .. FROM the/our/that/my/this/title/your NOT_LISTS
        remove/delete/take/drop my/our/the old/ex/wife/wifes/husband/husbands/son/sons/daughter/brother/roommate/roommates/middle/listing/trade/offer/bid/review/comment/card/photos/order/appointment/application/deposit/furniture/stuff/house
        take/drop/leave/keep/pull/cut/get/kick me off/on/at/to/from/home/out/there/in/a/some/by/for/posted/updated/over/up/the/around/back at/the/in/loop/a/to/there/here/with/on/informed/side
        take/drop/leave/keep/get me/us/my/the there/around/back/home/over/up/for/to/through/about/an/at/in/a/by/posted/updated/informed/money/time/car/keys/kids/number/info/contact/wife/husband/name/word/business/information/phone/line/deposit
        take/leave/keep/drop/pull/cut/clear me/us/my/this/our
        drop/pull/keep/leave/cut/get me a
        take this/my number down
        keep my number/info/name
        keep me posted/updated/informed/in/on
        leave me a/your/the/some/with
        drop me a line
        drop me off
        take me off hold/speaker/mute/speakerphone
        take off $
        took/take/takes/taking/taken off/of your? shoes/work/early/friday/monday/tuesday/wednesday/thursday/the/for/from/at/a/an/price/10/5
        take/knock/cut/shave off a/the/some/5k/10k/few/another
        day/days/hours/time/week off
        ^? UNSUBSCRIBE rate/rates/link/links/button/page/list/flow/feature/footer/every/option/header/headers/handling/compliance/requests/management
        ^? UNSUBSCRIBE from the/my/that/netflix/their/other/another/his/her/emails/those .. other/list/gym/channel/podcast/magazine/their/competitor/linkedin/zillow/redfin
        i/we UNSUBSCRIBE from netflix/hulu/zillow/redfin/linkedin/them/their/that
        not? on the/your/their list of/for
        no text/texts/message/messages/calls/call came/yet/received/showing/arrived/back/here/through
        stop loss/losses
        dont text/message/call back call/just/ill/till/until/yet
        sick/tired of renting/paying/waiting/driving/moving/looking/my/our/the
        when/if/where/before/after/until/till/once i/we/he/she/you stop
        you/they/we/yall stop serving/taking/accepting/delivering/offering/making/doing/selling/seeing/seating/carrying/using/answering
        id/i/we/would like/want/need/wish/going to? OPT_OUT of the/my/a/an/our .. protection/coverage/insurance/warranty/package/plan/upgrade/fee/membership/addon/add/hoa/escrow/autopay/option/trial/pool/unit/class
        thats/its/is too much for
        dont/not list it/the/them/my
        quit raining/snowing/leaking/beeping/working/smoking/running
        the/a/my/that/her/his old/previous/last/former owner/owners stopped/left/said/had/put/did/was/were/built/painted/replaced/never/installed/let/smoked/took
        my/the landlord/ex/neighbor/neighbors/boss/bank/collector/collectors/roommate/tenant/tenants/coworker/dealer/hoa .. harassing/bothering/bugging/spamming/pestering me/us/them
        ^? unsubscribe from netflix/hulu/zillow/redfin/their/linkedin/other/them/that
        unsubscribes
        OTHERS .. UNSUBSCRIBE/OPT_OUT
        OTHERS .. reply/text/replies/texts/say/says/send/respond stop
        OTHERS stop
        let/lets/help/make/get/make OTHERS .. UNSUBSCRIBE/OPT_OUT/stop
        does/do/can/how your/the/it/this/platform/software .. UNSUBSCRIBE/OPT_OUT/handle
        handle/handles/handling/track/manage/honor/process/manages .. UNSUBSCRIBE/OPT_OUT/outs/stop/stops
        opt outs
        number/percent/percentage/list/rate of opt outs
        i/we/to/you? OPT_OUT rate/form/clause/fee/language/option/rates/policy/provision/deadline/period/handling/compliance/list/rules/laws/management/window
        i/we/to/you/they? opt out of the/that/a/our/my/his/paper/arbitration/health/medical/dental/gap/hoa/insurance/coverage/school/escrow/warranty/pmi/maintenance/roadside/an/each/any/it/which/one/autopay/tracking/some .. *
        i/we/to/you/they? OPT_OUT of the/my/a/our/an/paper/arbitration/escrow/pmi/autopay/coverage/gap/hoa/paperless
        which/what/can/anything/something/one .. OPT_OUT of $
        opt out of $
        reply/text/txt/send/respond/type/texting/replying/press/answer with? stop/end/quit/unsubscribe/cancel/help/start/yes to/2/for/at/and/or
        said stop/to by/in/at/over/there
        says/said/say reply/text/txt/send stop/end/quit
        in stock
        its? not/isnt/aint/wasnt/never a/the? wrong PERSON
        not wrong
        do/did/if/hope/oops i/this/it/we .. have/got/texted/gave/sent/give/dial/call/text/the wrong PERSON
        is this the? wrong number
        gave/give/given/wrote/typed/dialed/put/entered/ordered/sent you/him/her/them/u/us/down/in/my? the/a/my wrong PERSON
        wrong PERSON on/in/listed the/my/your/listing/form/there/file
        put the/a/my wrong
        sent/send/ordered/picked/booked/bought/installed/gave/give/shipped/delivered/wrote/used/charged/on/in/at/to the/a/me the? wrong
        wrong day/time/color/size/date/address/link/house/model/part/parts/file/form/price/one/side/unit/trim/way/door/amount/email/key/room/attachment/year/order/spelling
        whats/something/anything/nothing/whats/what/if/go/goes/went/wrong/if is? wrong with/$
        anything wrong
        not interested in the/extended/an/that/adding/financing/gap/paying .. extended/warranty/package/roof/addon/upgrade/plan/coverage/financing/rate/trim/option/color/model/house/two/one/second?
        not interested in extended/financing/waiting/gap/adding/paying
        if not/youre/your/you/he/hes/shes/theyre/they/she are/not? interested
        if/in case you/he/she/theyre/youre/not are? not interested
        no problem/worries/doubt/longer/pets/rush/biggie/prob/question/clue/idea/hurry/issue/issues/matter thanks?
        no thanks/thank needed/necessary/to/on
        not right? now maybe/but/try/call/text/in/next
        maybe later/after/in/sometime
        hold off for/until/till/on now/a/tuesday/monday? on?
        no contact option/delivery/pickup/drop/order/service
        maybe next/another time/week/month/day
        lease/contract/agreement/warranty/term/policy/promo/sale/offer end/ends/ending/ended
        not/dont text/texting and driving
        text/texting and driving
        did/have/has/does you? not contact/reach/text/call the/my/a/him/her/them/me/back/until/yet
        didnt/havent/hasnt/couldnt/cant/doesnt/never text/texted/message/messaged/contact/contacted/call/called/email/emailed/hear/heard/got/get/received/reach me/us/from/back/a/your/any/the/anything back?
        never got/received/heard/get/saw/seen your/the/a/any/back/from/it/that
        dont/never/do/not not? contact/text/call/message/tell/bother/email/notify the/him/her/them/my/our/any/seller/sellers/tenant/tenants/mike/any/other/with/about/to/other/owner/buyer/customers/clients/anyone/other seller/wife/tenants/owner/boss/ex/husband?
        do not contact/disturb the/him/her/them/my/seller/tenant/sign/tenants/owner
        dont bother $
        dont bother with/about/to/the/calling/coming/sending
        dont/do/never not? call/email/write me/us/it/the/him/her/them/to/any/that/us? .. text/texts/texting/instead/first/better/best/easier
        dont/do/never not? send me/us/it/the/him/her/them/that/us? .. instead/first/better/best/easier
        dont call .. text
        stop calling .. text
        rather/prefer/better text/texts/texting/if/to .. over/than/instead/you/text/than
        no calls/emails .. text/texts/texting
        dont text me/back? the/it/that/your? .. address/code/info/pics/picture/email/call/link/email
        dont send/mail/email/ship/give/bring/post it/the/that/any/him/her/them/my/a/money/another/more/too
        dont/do/not not? want/need to miss/lose/wait/rush/be late/pay/bother/waste/hear anything but
        no more questions/than/room/spots/changes/slots/issues/problems/leaks/bills/available/left/after/appointments/space/money/time/excuses/showings/paperwork/surprises/repairs/payments/worries
        no further questions/questions/action/changes/issues/steps?
        report/reports you/he/she/that/i/we/was/is/from/the sent/emailed/came/ordered/mentioned/gave/has/shows/showed/said/back
        inspection/credit/appraisal/bug/home/carfax/the/a/your/his/my/full/police/survey/environmental/termite/lab/progress/expense/accident/status/radon report
        report to/for/on/back/is/from/came/looks/card/says/shows work/jury/the
        report back
        blocked off/by/in/drain/out/street/driveway/the/my/credit/card/from/it
        block/blocks party/away/off/of/out/from/over/up/down/the/some/calendar/that/time/on/for/my off?
        street/driveway/road/drain/path/card/is/was/garage/gutter/view/door/toilet/pipe blocked
        sue/suing is/said/will/can/and/from/has/told/the/our/my/them/him/her
        their/his/her/the/a/sellers/buyers/our/my/your lawyer/attorney/lawyers/attorneys reviewed/approved/is/has/will/said/looked/wants/needs/at/to/for/signed/sent
        power of attorney
        hoa/hoas/board/city/county/they/dealer/bank/state/court/landlord/dmv/school/judge .. revoke/revoked/withdraw/cancel/cancelled/canceled/end/ended
        revoke/withdraw/withdrew/pull/pulled/rescind my/our/the/their/his/her offer/bid/application/permit/license/from/parking/money/funds/permits/listing/cash
        pull/get/withdraw permits/permit
        with/have/get/got/need/needs/gave/give/has/ask/asked/your/their/landlords/landlord/hoa/owner/wifes/for/owners permission/consent/approval/authorization
        harassment policy/training/claim
        leave me/us/him/her alone with/in/for/at
        go away for/on/this/next/in/party/to/the/with/and/until/if/soon
        going away
        get lost on/in/easily/trying/every/finding/if
        got/gets/getting lost
        back off the/on/a/from price/to
        forget about it
        forget/forgot my/the/your password/keys/to/name/wallet/email/appointment/login/meeting
        lost my/the/your number/phone/keys/contact
        is/was there/it .. anymore
        who/whom do/should/can i ask/call/contact/text/make/talk for/when/if/to/about .. help/check/arrive/get/the
        who is/are/does/was the/your/our/my/going/coming/doing/paying/this for/responsible/available/picking/handling/it/a
        who is this for
        car/engine/truck/heater/he/she/light/water/rain/leak/wont/didnt/bus/train stop/stops/stopped/quit
        ^ this/its/it/that is? isnt/not/wasnt/aint? not? a/an/the/too/that/so/very/really? STATES $?
        what/whats is/are/the this/these/that/the/your in/on/at/worth/price/made/called/like/going/cost/thing/one/under/house/car/per/best/total/address/next/rate
        need help with/moving/finding/to/choosing/getting/loading/on/setting/deciding
        help me with/find/move/choose/get/understand/to/pick/out/decide/sell/buy/figure/load/set/carry/finance/lower
        start at/me/the/date/in/on/of/with/to/by/from/time/over/looking/early/monday/tuesday/wednesday/thursday/friday/next/tomorrow/a/working/paperwork/up/small/and/process at/on/with/the/off/in
        start the/my/our/your/a/an/it/that/with/looking/application/process/install/work/car/loan/paperwork
        sign me up for the/a/that/your/tuesday/saturday/both/it/two/any .. class/tour/premium/gym/demo/webinar/plan/open/event/slot/trial/test/consultation/membership
        too many/much bedrooms/stairs/miles/cars/people/options/rooms/repairs/windows/steps/money/for/work/questions/things
        not so much
        not so/that bad/sure/fast/soon/good
        not too/as many/much/often miles/bedrooms/rooms/left/longer/money/stairs
        enough room/money/space/for/time/to/parking/in/info/people/saved/down/equity/credit/power/storage/light/sun
        is/not/had/have/good/big/long/close/enough/well/fast/soon/got/with/warm/cheap/more/strong/has/get/sure/far/wide enough
        pass the/on/through/by/inspection/to/it/your/my/along/a/that/your/smog/emissions/along
        pass on the/my/your/message/to/it/this/that/along to?
        seasons/day/boarding/bus/ski/parking/season/guest/gym/visitor pass
        im/i in/not/am out of/front/at/here/for/on/and/the/until/with/sick/town/back/by
        im out of/at/with/front/until/on/here/this/all/till
        already have/had the/my/your/a/it/an paperwork/keys/app/link/pre/preapproval/preapproved/pre/address/documents/info/quote/appointment/loan/number?
        already sent/signed/paid/filled/did/done/submitted/signed/emailed/got/have it/the/that/them/my/your/docs/you/paperwork/this
        sold on/me/out/the? it/on/idea/this
        sold $
        are/is/was/has it/that/this/the/they/house/one/car/truck .. sold/available/gone
        moved/moving to/up/it/the/in/into/next/back/forward/my/our/that/on thursday/friday/monday/tuesday/wednesday/3/4/next/2/1/the/noon/up/forward/5/10
        moved out $
        not right/sure/just about/now/yet but/just/im/though
        im/not/were not? sure/home/there/ready/available/free/able/worried/in/at/going/kidding/done/mad/upset/from/picky/late/alone/working/driving/feeling/around/certain/joking/busy/comfortable/happy/convinced/seeing/getting/finding/off/near/local/opposed/married/picky/getting/attached/surprised/complaining/super/really/too/buying/fussy/that/a/crazy/positive/big/very/good/following/mistaken/allowed/understanding/clear/rich/hungry/asking/saying
    """,
}
