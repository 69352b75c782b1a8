"""How people in English withdraw their consent, say that they asked before, and threaten."""

from leadline.rules.grounds import Ground

PHRASES = {
    Ground.WITHDRAWAL: """
        WITHDRAW .. CONSENT
        dont/not consent to being contacted/texted/messaged/called
        WITHDRAW my/any/all/our prior/previous/express/written/of consent/permission/my
        CONSENT is/has/have/was/are/being hereby? been? revoked/withdrawn/rescinded/denied/retracted/over/cancelled/canceled/terminated
        CONSENT revoked/withdrawn/rescinded/denied/not
        my/i? consent/permission ends/expired/ended/over
        dont/do/no/not/never/without not? have/had/given/give/gave you? my/our/any/you/permission/consent? CONSENT
        dont/not have/give you? my/any? CONSENT to? CONTACT/contact? me?
        dont/not have/give you? my/any? CONSENT
        do not have/give you? my/any? CONSENT
        no longer authorize/authorise/permit/allow/consent .. to/for/you
        dont/not authorize/authorise/permit you/texts/these/this/any
        no longer/dont/do/not not? have/give/consent/agree/authorize/authorise/permit/grant/allow my/you/to/these/your/this CONSENT/texts/to/messages/contact/text/texting/being
        dont/no/not longer? consent/agree/authorize/permit to/$ texts/messages/being/receive/receiving/this/these/contact/any/be
        no longer consent/agree/authorize/permit/authorise
        dont/not consent to? $
        dont/not consent to these/this/your/any/being/receiving/receive/texts/messages
        not authorized/allowed/permitted/welcome/authorised to? text/contact/call/message/use me?
        no permission to? text/contact/message/use/call
        not give/have/gave you? permission/consent to? text/contact/message
        never/didnt ever? gave/give/given/granted you/yall/u/anyone/them permission/consent/authorization to CONTACT
        without my/our/prior/any .. CONSENT
        unauthorized/unlawful/illegal/unsolicited texts/text/messages/contact/to/messaging
        illegal to/texting text/message/contact/me/people
    """,
    Ground.REPEATED: """
        said/told/asked/texted/replied/typed/wrote/sent/say/saying/tell/repeat/requested/messaged/answered/says/put/hit/pressed you/yall/ya twice/already/to/them/people/guys/3/several/before/u/with/it/the? to? stop
        said/told/asked/texted/replied/typed/wrote/sent/say/saying/tell/put/hit twice/already/times/several/it to? stop
        say/saying/tell/repeat/texting/replying stop $
        said/told/asked/requested .. to stop
        said/told/asked/texted/replied/typed/wrote/sent/hit/pressed stop $
        said/texted/replied/typed/wrote/sent/hit/pressed stop CONTACTING/already/twice/and/but/so/now/to/i/multiple/three/several/sending/last/yesterday/how
        ask/asking/asked/tell/telling/told/beg/begging you .. .. stop/quit
        told/asked/telling/asking/tell/begged/warned you/yall/people/them/u guys? .. to? stop
        told/asked/telling/asking/warned/tell/begged you/yall/people/them/u guys? .. remove/quit/unsubscribe/off/delete
        said/told/asked/texted/replied/sent/saying/say .. no more/texts/thanks? already/times/twice
        already/twice/repeatedly/previously/times said/told/asked/requested/opted/unsubscribed/replied/texted/sent/have .. stop/unsubscribe/remove/no/out/times
        already/previously/twice OPT_OUT
        ^ didnt/havent/hadnt i already? OPT_OUT/unsubscribe/unsubscribed/say/said/tell/told/ask/asked/text/texted/reply
        already UNSUBSCRIBE
        UNSUBSCRIBE already/twice/before/last/yesterday/weeks/days/months/multiple/three/several/3/2/but/again/and/like
        OPT_OUT already/twice/before/last/yesterday/weeks/days/months/multiple/three/several/3/2/but/again/and/like
        asked/requested/told/asking/ask .. to be removed/taken/off/out/deleted/left
        asked/requested/told .. to be? remove/unsubscribe/unsubscribed/opt/opted/deleted/delete
        how many times/more times? do/have/must/will/i/we .. stop/tell/say/ask/unsubscribe/no/text
        how many times $
        how many stops
        told/asked/telling/asking/warned/tell/begged you/yall/people/them guys? not to? CONTACT/contact/text/call
        told/asked you/yall/them guys? dont text/message/contact
        what part of no/stop/remove/unsubscribe/not/dont/leave
        for the last time
        last warning
        why/how are/am/do/r/come you/i/u/yall still/keep texting/messaging/contacting/sending/getting/receiving/spamming
        why am/do i still/keep getting/receiving/get/hearing
        why cant you/yall people? stop/quit/leave/understand
        still getting/receiving/get/recieving/gettin these/texts/messages/your/this/spam/ur/them/ALL? TEXTS
        still texting/messaging/spamming/bothering/harassing/contacting/sending me/us/this/these
        still/kept keep/keeps? texting/messaging/spamming/contacting me/us
        you/yall/they guys/people? keep/kept/keeps on? texting/messaging/spamming/contacting/harassing/bothering/sending
        keep getting these/this/your/texts/spam/them
        third/second/2nd/3rd/fourth/4th/fifth/5th time i/ive/im/we/saying/asking/telling/texting .. stop/asked/told/ask/said/asking/texting/tell
        i said no $
        said no already/twice/thanks/more/three/multiple
        no means no
        stop i said
        tried/trying/keep/kept/been to? unsubscribe/opting/unsubscribing/stop/opt/replying/texting/saying/sending out/stop/texts/messages/these/but/times/multiple/this
    """,
    Ground.THREAT: """
        WILL REPORT you/u/yall/your/ur/this/these/and/it/to/spam/as/the/ya/ur number/company/texts/text
        WILL REPORT number/texts/you/to/for
        WILL REPORT and REPORT
        WILL be? blocked/blocking/reported/reporting/sued/suing $
        REPORT to/with .. AUTHORITY
        REPORT you/u/this/these/yall/your/ya
        REPORT as spam/junk/scam/harassment
        REPORT number/texts $
        ^ REPORT $
        ^ block/blocked/blocking/reported/reporting and/n/& block/reported/reporting/report/blocked/blocking $
        sending/send/forwarding/forwarded/sent/forward/taking/submitting/submitted/going/calling/reported/turning/contacting/complain/complained/complaining/complaint/contact/call .. to? the/my? AUTHORITY
        complaint/complaints/complain/report/lawsuit with/to/against you/the/your
        AUTHORITY complaint/complaints/notified/report/violation/violations
        COURT
        violates/violating/violate the/federal/consumer/telephone/tcpa/my
        my/our lawyer/attorney/counsel will contact/sue you/u
        my/our/the? lawyer/attorney/counsel has/have/was/is been? notified/contacted/informed/involved/copied/cced
        any/further/more/next/another contact/texts/text/messages/message .. harassment/reported/fcc/ftc/court/lawsuit/blocked/lawyer/attorney
        marked/marking/mark/flagged/flagging/reported/reporting .. as spam/junk/scam
        sue/suing if/when/unless/over/for
        sue/suing $
        violating/violates/violate/violated/breaking federal/state/the/privacy/consumer law/laws/act/rights
        hear/hearing from my/our lawyer/attorney/lawyers/attorneys
        my/our lawyer/attorney will be contacting/suing you
        sending/send/forwarding/forwarded/sent/showing/taking these/this/it/them/the/your .. to my/our/a lawyer/attorney
        call/calling/contact/contacting/speak/talk/get/getting to? my/our/a lawyer/attorney about this/these/your/involved
        lawyer/attorney on you/retainer
        violation of/violating the? tcpa/law/laws/federal/telephone/can/my/privacy/gdpr/ftc
        breaking the law
        against the law
        this/it is/constitutes/thats/its/thisis harassment/harrassment/harassing
        considered/consider harassment/this
        harassment
        harassing me
        you/u/stop are/r/being harassing/spamming
        under gdpr/tcpa/article/ccpa
        under the gdpr/tcpa/ccpa
        dont make me/us call/report/block/sue
    """,
}
