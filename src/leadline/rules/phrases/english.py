"""What people write in English. How to read a line is said in ``leadline.rules.phrasebook``."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    # Who is texted, and on what.
    "PHONE": "number, numbers, phone, cell, cellphone, mobile, line, digits, contact, contact info, device, inbox",
    "NAME": "name, info, information, data, details, profile, record, records, address, email, ass, self",
    "MY": "my, our, this, these, his, her, the, mine, moms, wifes, husbands",
    "ME": "me, us, myself, ourselves, my PHONE, our PHONE, this PHONE, my phone number, my cell number, "
    "this phone number, this cell number, his PHONE, her PHONE, their PHONE, my cell, my cell phone, my NAME, our NAME, my wife, my husband, my family, "
    "my household, my moms phone, my work phone",
    "IT": "it, this, that, these, those, them, this shit, this crap, this nonsense, this bullshit",
    "YOU": "you, you guys, you people, you all, they, these people, yall",
    # What is sent.
    "TEXTS": "texts, text, messages, message, sms, spam, spams, text messages, sms messages, texts messages, "
    "txts, mms, promos, robotexts, text blasts, robo texts, text spam, spam texts, spam messages, "
    "messaging, texting, spamming, solicitations, solicitation, solicitation texts, "
    "marketing texts, marketing messages, promo texts, promotional texts, promotional messages, "
    "sales texts, sales pitches, sales messages, automated texts, automated messages, auto texts, "
    "junk texts, unwanted texts, unwanted messages, marketing, notifications, harassment, bullshit texts",
    "SENT": "TEXTS, alerts, updates, reminders, offers, ads, calls, emails, promotions, blasts, newsletters, "
    "newsletter, junk, crap, bs, shit, stuff, garbage, nonsense, bullshit, campaign, campaigns, contact, "
    "communication, communications, correspondence, outreach, follow ups, followups, pitches, pings, "
    "subscription, advertisements, advertising, mail, program, thread, service, pestering, calls and texts, "
    "messaging service, txt, notifs, mailings, listings, deals, coupons, drip, sequence, contacting, "
    "phone calls, voicemails",
    "ALL": "all, any, all the, all of the, all these, all of these, all this, all your, all future, "
    "all further, any more, anymore, more, the, these, those, this, your, your stupid, your dumb, "
    "your annoying, the stupid, the damn, further, future, any further, any future, with the, with these, "
    "with your, with all the, with this, all of your, my, our, such, stupid, dumb, annoying, the constant, "
    "the endless, the daily, these stupid, these dumb, these annoying, the annoying",
    # Ending it.
    "CEASE": "stop, stoop, quit, cease, halt, end, discontinue, terminate, knock off, cut out, lay off, desist from, "
    "refrain from, stop with, quit with, cease and desist, stop it with, quit it with, stop all, cut it out with, "
    "knock it off with, cease all, stop ever, suspend, avoid, stop any, give up, gtfo with",
    "SHUT_OFF": "turn off, shut off, switch off, cancel, kill, disable, deactivate, cut off, mute, "
    "shut down, stop, end",
    "CONTACTING": "texting, hmu, blowing ME up, hitting ME up, messaging, contacting, bothering, harassing, spamming, pestering, bugging, "
    "hounding, bombarding, blasting, disturbing, soliciting, stalking, badgering, flooding, pinging, "
    "annoying, dming, hitting up, reaching out to, communicating with, following up with, notifying, "
    "blowing up, hitting, marketing to, trying to contact, trying to reach, trying to text, sending texts to, "
    "sending messages to, sending text messages to, texting and calling, calling and texting, trying to sell, "
    "calling or texting, texting or calling, trying to get a hold of, wasting my time texting, trying to scam, "
    "blowin up, hassling, nagging, emailing and texting, sending stuff to, sending crap to, talking to",
    "ADDRESSING": "CONTACTING, calling, sending, writing, writing to, emailing, reaching out, following up, "
    "phoning, dialing, mailing, asking, selling, ringing, bugging",
    "CONTACT": "text, message, contact, bother, harass, spam, pester, bug, ping, hit up, solicit, disturb, "
    "dm, notify, txt, reach out to, communicate with, send texts to, send messages to, text or call, call or text, "
    "text or contact, contact or text, send any texts to, send any messages to, text or message, hit, annoy, "
    "follow up with, blow up, hmu, sms, hound, market to, approach, ever text, ever contact, ever message, "
    "text or email, text and call, keep texting, keep messaging, keep contacting, keep bothering, be texting, "
    "be messaging, be contacting, blow up my, come at",
    "ADDRESS": "CONTACT, call, send, write, write to, email, reach out, follow up, phone, mail, sell, talk to, "
    "send stuff to, send anything to, keep sending, keep calling, be calling, be sending",
    "DONT": "dont, do not, donot, never, dnt, don t, dont you, dont you dare, do nott, dont u, please dont, "
    "stop and dont, never again, not to, dont ever, must not, may not, shall not, should not, shouldnt, "
    "are not to, better not",
    "AGAIN": "again, anymore, any more, any longer, no more, further, evr again, ever again, period",
    "NO_LONGER": "no longer, not, dont, do not, never, didnt, no",
    "WISH": "want, wish, need, care, care for, like, want to receive, want to get, wish to receive, need to receive, "
    "want to be getting, care to receive, want to recieve, wish to get, want to be receiving, like getting, "
    "want to see, want to keep getting, like receiving, want to keep receiving, intend to receive, "
    "want to continue receiving, wish to continue receiving, "
    "wish to recieve, would like to receive, agree to receive, consent to receive, care to get, authorize, "
    "care about",
    "BE_CONTACTED": "be contacted, be texted, be messaged, be called, be bothered, be spammed, be notified, "
    "be solicited, be harassed, be included, be on this, be on your, be on the list, be a part of this, "
    "be part of this, hear from you, hear from yall, hear from them, hear from anyone, hear from this, "
    "hear from your, hear anything else from you, hear anything from you, hear another word, hear any more from, "
    "be in this, be in your, get contacted, be marketed to, be subscribed, be reached, be on any",
    # Lists.
    "REMOVE": "remove, delete, take, drop, scratch, erase, scrub, wipe, strike, pull, purge, "
    "unlist, cut, kick, clear, yank, exclude, unenroll, unregister, deregister, disenroll, cross, boot, cancel, "
    "get rid of, withdraw, discard, dump, leave, keep, eliminate, unadd, removing, deleting, expunge, omit",
    "FROM": "from, off, off of, out of, outta, of, on, frm, form, fro",
    "LIST": "list, lists, database, db, system, distribution, roster, rolodex, crm, contacts, contact, "
    "campaign, campaigns, program, rotation, blast, blasts, thread, records, sheet, file, files, "
    "book, queue, mailing, thing, phonebook, directory, listserv, platform, spreadsheet, subscription, records, "
    "marketing, TEXTS, alerts, notifications, promos, broadcast, funnel, drip, sequence, outreach, cadence, loop",
    "YOUR": "your, this, these, those, any, all, every, whatever, any and all, any future, all future, all of your, "
    "all your, whatever list, all these, all of these, here, everything, your stupid, your damn, your dumb",
    "UNSUBSCRIBE": "unsubscribe, unsub, unsubscribing, desubscribe, unenroll, deenroll, un subscribe, un sub, "
    "unscribe, unsubscribed, de subscribe, end subscription, unsubscription",
    "OPT_OUT": "opt out, optout, opting out, opted out, opt me out, opt us out, op out, opt my number out, "
    "opt this number out, ot out, opt put, apt out, opt oit, optout me, optme out, opt myself out, oot out",
    "OTHERS": "customers, customer, clients, client, people, recipients, subscribers, users, contacts, leads, "
    "they, someone, somebody, lead, buyer, seller, buyers, tenants, patients, members, homeowners, prospects, "
    "anyone, everyone, employees, prospect, agents, who, renters, consumers, owners, parents, guests, folks",
    # Complaints.
    "REPORT": "report, reporting, reported, block, blocking, blocked, sue, suing, block and report, "
    "reported and blocked, blocked and reported, reporting and blocking, blocking and reporting, "
    "report and block, turn in, turning in",
    "WILL": "ill, im, will, going to, gonna, am, i am, being, be, been, have, ive, was, about to, i, we, were, "
    "getting, u r, you are, youre, get, gets, got",
    "AUTHORITY": "ftc, fcc, bbb, attorney general, ag, state ag, police, cops, authorities, carrier, dnc, "
    "consumer protection, better business bureau, verizon, att, t mobile, tmobile, twilio, cfpb, "
    "do not call, do not call registry, do not call list, dnc list, dnc registry, provider, phone company, "
    "sheriff, regulators, state attorney general, my states attorney general, 7726, ico, crtc, acma, "
    "attorney generals office",
    "COURT": "sue you, see you in court, take you to court, take legal action, press charges, "
    "legal action, tcpa, small claims, class action, cease and desist, file a complaint, filing a complaint, "
    "filed a complaint, file suit, lawsuit, file charges, restraining order, pursue damages, "
    "filing a report, file a report, statutory damages, take this to court, complaint with the AUTHORITY",
    "CONSENT": "consent, permission, authorization, authorisation, approval, opt in, "
    "prior express consent, express consent, written consent, authority, agreement, consents",
    "WITHDRAW": "withdraw, revoke, rescind, withdrawing, revoking, rescinding, retract, pull, cancel, cancelling, "
    "withdrawn, revoked, rescinded, retracting, canceling, terminate, hereby revoke, taking back, take back, withdrew",
    # Doubts.
    "WRONG": "wrong, incorrect, rong, wong, not the right, not the correct",
    "PERSON": "number, person, guy, dude, man, lady, woman, girl, phone, contact, house, chick, gal, "
    "phone number, cell, individual, human, one, fella, fellow, recipient, party, digits, mike, "
    "bro, bud, homie, cell number, line, address, pal, kid, family, johnson",
    "PAST_NEED": "bought, sold, purchased, found, signed, hired, leased, rented, closed, "
    "installed, replaced, switched, chose, picked, got",
    "LIMITS": "while, during, unless, until, till, before, after, at work, at night, on weekends, on the weekend, "
    "on sundays, on sunday, on saturdays, on weekdays, so late, this late, so early, this early, so many, so much, "
    "so often, as often, that often, as much, too early, that late, that early, tonight, today, this week, "
    "this weekend, right now, for now, at this hour, at these hours, after hours, in the morning, in the mornings, "
    "every day, everyday, daily, in the middle of the night, past, late at night, late, early, between, at 2am, "
    "when im, when i am, as many, too often, too many, at this time of night, at this time, first thing, "
    "on shabbat, on holidays, except, multiple times a day, 24 7, all day, at dinner, at 6am, at 5am, "
    "at 7am, at 11pm, at midnight, other than, in spanish, in english, on this number use, like this late, "
    "weekends, if it isnt, if its not, tomorrow, this month, more than, on my work, at 6, at 7, at 10pm, "
    "every hour, every 5 minutes, about this property, about that property, about other, twice a day",
}

TABLES = {
    Ground.KEYWORD: """
        ^ KEYS $
        ^ stop/quit/end/cancel/unsubscribe KEYS $
        so stop $
        ^ knock/cut it off/out now/already? $
        ^ stop im/i am? serious/mean it?
        ^ opt me/us/my out/number $
        ^ stop all/everything/it/this/that/now/already/immediately/pls/forever/permanently $
        ^ stop it/this/that/all already/now/all/forever/immediately $
        ^ quit it/this $
        ^ end/cancel all/everything $
        ^ to/i/we/id/im/so/and/or/then stop KEYS $
        ^ say/saying/send/sending/text/texting/typing/reply/replying/my/answer/word/message/command is? stop $
        ^ stop means stop $
        ^ unsubscribe me/us/now/all/immediately $
    """,
    Ground.WEAK_KEYWORD: """
        ^ WEAK_KEYS $
        ^ WEAK_KEYS WEAK_KEYS $
        ^ cancel/end/quit it/this/that/everything/now/already/immediately $
        ^ stop no $
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
        stop wasting my/our time
        stop trying $
        stop your/this/these harassment/bullshit/crap/nonsense
        stop/quit contacting/calling me/us
        stop/quit trying to sell/buy/reach/contact/call/text/get me/us/my
        stop asking me/us/about/if
        stop this/that/it/now/already
        stop being a pest
        SHUT_OFF ALL SENT
        SHUT_OFF TEXTS
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
        no further/additional/future SENT
        no contact $
        enough/done/through/finished/sick with/of the/these/your/this texts/messages/spam/texting
        NO_LONGER longer? WISH ALL? .. SENT
        NO_LONGER WISH to? BE_CONTACTED
        NO_LONGER WISH these/this/those/them/any AGAIN? $
        NO_LONGER want/need/wish this/these/those/your/any/any more/more/further SENT
        NO_LONGER want/wish you/yall/anyone/people/strangers texting/contacting/messaging/to text/contact/message
        dont want you/yall/anyone texting/messaging/contacting/calling/bothering ME
        dont want/need texted/messaged/contacted
        not interested in receiving/getting/hearing/being/these/your? texts/messages/these/from/any/further/contacted
        not interested in your? these? TEXTS/contact
        rather/prefer not to? receive/get/be/hear texts/messages/these/contacted/from/any/texted
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
        you/they/these/it wont stop
        never stop texting/messaging/bothering/contacting/calling/spamming me
        leave/let me/us alone
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
        exit this/me/the/list/program/texts
        bye stop
        lose/forget/loose/burn/erase/delete/trash/toss/forgot/unsave/ditch/scrap/shred/lost my/this/our/the PHONE
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
        UNSUBSCRIBE me/us/my/this/from/all/please/now/number/immediately/asap/to/of
        ^ UNSUBSCRIBE
        UNSUBSCRIBE $
        want/need/like/wish/trying/tryna/wanna/gonna/going/request/requesting/asking/please/prefer to? UNSUBSCRIBE
        i/im/we/to/id UNSUBSCRIBE
        OPT_OUT $
        OPT_OUT of? ALL? SENT
        OPT_OUT of/from YOUR
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
    Ground.WITHDRAWAL: """
        WITHDRAW .. CONSENT
        WITHDRAW my/any/all/our prior/previous/express/written/of consent/permission/my
        CONSENT is/has/have/was/are/being hereby? been? revoked/withdrawn/rescinded/denied/retracted/over/cancelled/canceled/terminated
        CONSENT revoked/withdrawn/rescinded/denied/not
        my/i? consent/permission ends/expired/ended/over
        dont/do/no/not/never/without not? have/had/given/give/gave you? my/our/any/you/permission/consent? CONSENT
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
        unauthorized/unlawful/illegal/unsolicited texts/text/messages/contact/to/messaging
        illegal to/texting text/message/contact/me/people
    """,
    Ground.REPEATED: """
        said/told/asked/texted/replied/typed/wrote/sent/say/saying/tell/repeat/requested/messaged/answered/says/put/hit/pressed you/yall/ya? twice/already/to/them/people/guys/3/several/before/u/with/it/the? to? stop
        said/told/asked/texted/replied/typed/wrote/sent/hit/pressed stop $
        said/texted/replied/typed/wrote/sent/hit/pressed stop CONTACTING/already/twice/and/but/so/now/to/i/multiple/three/several/sending/last/yesterday/how
        ask/asking/asked/tell/telling/told/beg/begging you .. .. stop/quit
        told/asked/telling/asking/tell/begged/warned you/yall/people/them/u guys? .. to? stop
        told/asked/telling/asking/warned/tell/begged you/yall/people/them/u guys? .. remove/quit/unsubscribe/off/delete
        said/told/asked/texted/replied/sent/saying/say .. no more/texts/thanks? already/times/twice
        already/twice/repeatedly/previously/times said/told/asked/requested/opted/unsubscribed/replied/texted/sent/have .. stop/unsubscribe/remove/no/out/times
        already/previously/twice OPT_OUT
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
        marked/marking/mark/flagged/flagging/reported/reporting .. as spam/junk/scam
        hear/hearing from my/our lawyer/attorney/lawyers/attorneys
        my/our lawyer/attorney will be contacting/suing you
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
    Ground.WRONG_PERSON: """
        WRONG PERSON
        WRONG $
        WRONG PERSON for/of/i
        wrong numb/no/num/nbr/nummer/numero
        not the? right person/number/guy/mike/lady
        wrong number $
        have/got/reached/has/texted/texting/messaged/contacted/gave/texing/contacting the? wrong PERSON
        you/u have/got/reached the? wrong
        not who/whom you/u think/want/are/r/were/need/looking
        not the one/guy/person/lady you/u
        no one/body here/named/by/with/at by/named/goes/called/with?
        noone/nobody/nobodys here/named/by/lives
        no one by/named/with/called that/this
        there is/s/isnt/aint no * here/at/on/by
        theres no * here/at/on/by/with
        no * here $
        no * * here $
        no * at/on this number/address/phone/line
        no * lives here
        * doesnt/dont/does/dosent not? live/work/own/stay here/anymore/there/at
        doesnt live/work/stay here anymore?
        doesnt/dont/not have/own/use this number/phone/line anymore?
        not at this number/address/phone anymore?
        no longer has/have/uses/owns/at/works/lives/using this/here/at/there number/phone
        no longer works/lives/with/employed/at
        not/isnt * anymore $
        ^ this/it is/s not * $
        ^ this/its isnt/aint/not * $
        ^ this/its isnt/aint/not * * $
        ^ this is not * * $
        ^ this/its isnt/aint/not * number/phone/cell/line
        ^ this is not * number/phone/cell/line
        ^ im/i not/am * $
        ^ i am not * $
        ^ im not the * $
        isnt/not * phone/number anymore
        this/that was/used to? be? * old number
        used to be *s? number/phone
        changed numbers/number
        has a new number
        new/just/recently got/have/number/owner/bought/given this/a/new/of phone/number? phone/number/this/cell?
        ^ i? got this number
        recently got this number
        just/recently got this phone/cell number?
        just/recently got a new number
        owner of this/the number before/previous
        previous/prior/last/old owner of? this? number/phone?
        had this/the/my number/phone/line for/since/over/about/like/now/only
        have had this number/phone
        inherited this number/phone
        he/she/husband/wife/mom/dad/father/mother/brother/owner/grandma/grandpa died/passed
        deceased
        he/she/hes/shes is? dead
        passed away
        has/is/was/been deceased
        dont know/no/have any/a/who/anyone/anybody *? $
        dont know who/any/anyone/anybody that/this/named/by/with is/name/called
        dont know who you/this/that are/is
        dont know you $
        know who * is
        belongs to someone/somebody/another/my
        dont know a *
        ^ who is * $
        who tf is
        who is * here
        whos * $
        never heard of/a you/him/her/them/this/that/*
        mistaken/mixed identity/up/me with/for
        you/u must/may have/be/want/mistaken/confused the? wrong/mistaken/me/someone/a *
        think you have the wrong
        looking for someone else
        meant for someone/somebody else
        confused me/us with
        someone else/elses number/phone/person
        not my house/property/name/home/car
        not the owner/homeowner/property/seller/right
        not a homeowner
        im a renter/tenant
        ^ i/we rent $
        not me $
        that/this/thats isnt/not me
        dont own a/any/that/this/the home/house/property/car/business/vehicle/one
        im/i am? only/just a kid/child/minor
        this is a business/landline/work/company/school/hospital line/phone/number/for?
        this is a minor
        im/i am 12/13/14/15/16/17 $
        im/i am 12/13/14/15/16/17 years old
    """,
    Ground.DECLINE: """
        not interested $
        not interested in/on/at selling/buying/this/that/it/any/your/anything/solar/insurance/you/these/what/switching/another/moving/refinancing/financing/doing/listing
        not interested anymore/sorry/thanks/at/and/i/im/we/right/so/but/ty/bro/thank/now/yet/currently/bye/not
        ^ not interested
        no longer interested
        no/zero/0 interest/intrest $
        no interest in/at
        lost interest
        arent/isnt/wasnt/aint/werent/never interested
        not/dont the? least/bit/remotely/really/all/very/super/even/too interested
        uninterested
        disinterested
        hard/solid/gonna/ill/im/i/going/well/gotta/imma/have to/will? pass/passing $
        ^ pass $
        ^ hard no $
        ^ ill/we/going/gonna/im pass/passing/to on? pass? this/it/that/the
        ^ pass on this/that/it $
        no/nah/nope thank/thanks/thx/ty/tanks/tx you/u? $
        ^ no thanks/thank/thx/ty
        ^ nah/naw/nope im/we/were good/ok/fine/straight/cool/okay/set/alright
        ^ no im/we/were good/ok/fine/set/okay/cool thanks/thank/ty? $
        ^ im/were/we/i are? good thanks/thank/thx/ty/though/tho/on/bro/man
        ^ im/were/we/i am/are all? set/good $
        all set thanks/thank/thx/here
        ^ not for me/us $
        not for me/us thanks/thank/sorry/right/at/anymore
        isnt/aint/not for me/us $
        not my thing/cup/jam/style/speed
        dont/no/not need/want it/this/that/one/any/anything/your/help/them/these anymore/services/service/help/longer? $
        dont need/want your/ur service/services/help/product/business/offer
        dont need/want anything
        dont want it/this/that/one/any $
        dont want/need to? sell/buy/sale/list/refinance/switch
        no longer need/want/needed/require/looking/in/selling/own/interested/available/shopping/buying/considering/have/for
        not needed $
        not looking $
        not looking to/for/at sell/buy/move/switch/refinance/a/any/anything/anymore/right/one/change/new
        not looking anymore
        not in the/a market/position
        not selling/buying/moving/shopping/switching/hiring/refinancing $
        not selling/buying/moving/switching/interested my/our/anymore/it/right/anything/the/this/anytime house/home/now?
        not/isnt for sale
        never selling
        not wanting/planning/trying/ready/willing to sell/buy/switch/move/list
        already PAST_NEED $
        already PAST_NEED one/a/it/my/our/the/with/another/somewhere/something/elsewhere/solar/someone/mine/ours/that/from/new
        already have/has/got a/an/one/solar/someone/my/our/insurance/another/coverage/somebody realtor/agent/lender/guy/provider/broker/$?
        already have one
        already taken care of
        already under contract
        already working with
        already sold
        already did/done it/elsewhere/with/that/solar
        already went with
        sold it/the/my/our/that last/already/house/home/car/years/year/truck?
        sold $
        ^ sold it
        house/home/car/it/truck/property is/was/already/has/got been? sold
        bought one/a/another/elsewhere/somewhere/something/from/new/mine
        went/going/gone/go with another/someone/somebody/a/the/your/other/somebody/them/different else/different/other?
        went a? different/another/elsewhere/other direction/way/route
        going in? a? different/another direction
        signed/bought/purchased/leased/went/found/closed elsewhere/somewhere/with/another/someone/one else?
        signed with
        hired/chose/found/picked/got someone/somebody/another/a else/different/agent/realtor/contractor
        switched to/providers/already
        dont/no/not/doesnt longer? own/have/live .. anymore
        dont own/live/have .. anymore/now
        no longer own
        got rid of it/that/the/my
        traded it/mine in
        moved away/out/on/to/already
        have/has/ive/weve moved $
        changed my/our mind $
        changed my/our mind about/on
        not anymore $
        nevermind/nvm dont/im/not
        ^ nevermind/nvm $
        ^ never mind $
        count me out
        im out $
        deal is off
        thanks but no thanks
        thank you but/for no
        maybe another/next/some time/year/day
        maybe later $
        not at this time
        not right now $
        not now $
        ^ not today $
        not gonna/going to? happen
        never gonna/in happen/my
        cant afford it/this/that
        in your dreams
        not a chance
        absolutely not
        hell no/nah
        heck no
        no way $
        fuck/eff/f no
        over my dead
        too late $
        youre/you are? too late
        you missed/lost me
        take/taken your/my business elsewhere
        do business with you/yall
        never do/use/buy/work/sell .. you/yall
        not doing business
        dont waste your/my time
        youre wasting your/my time
        waste of time
        retired $
        no need $
        no need for/to it/this/that/sell
        not necessary $
        got what i needed
        all taken care of
        taken care of $
        found what i/we
        we/i passed on
        decided not to
        decided to stay/keep/wait/go/rent
        decided against
        backing out
        pulling out of
        not moving forward
        wont be needing/moving/buying/selling
        we/i are/am? done $
        im/were done with you/yall/this/these
        done with this/you/yall
        done talking
    """,
    Ground.SOURCE: """
        how/where/from did/do/d/have/had/you/u where? you/u/ya/yall/they/get/got/find/this .. my/our/this number/name/info/information/contact/phone/cell/details/address
        how/where you/u/yall get/got/find/getting my/our/this
        how you/u got/get/have my/our/this
        whered/howd you/u/ya get/find
        who gave/passed/sold/give/shared/told/provided/sent/authorized/leaked you/u/yall/out .. my/this/me/our
        who gave you/u/yall this/my/it/permission
        who gave/sold/shared/leaked/passed my/this/our
        who told/authorized/asked you/u/yall to/that/i/for
        who asked $
        who signed me/us up
        who put me/us/my on/in
        who/why/how am/did/do/are i/we/you/u/yall getting/get/receiving/texting/contacting/messaging/on/have/sending/bothering/spamming/blowing .. these/this/me/texts/my/us/messages/your/list/it/number/here
        why do you/u/yall have my/this
        why is this/your/a number/company texting/messaging/contacting
        why/how do/did/are/would you/u/yall text/message/contact/texting me/us
        why you/u/yall texting/contacting/messaging/hitting/bothering me
        why was/were i/am texted/contacted/added/put/signed
        why me $
        why are you/u/yall texting/contacting/messaging
        why is/are my number/name
        what list is/am/are this/i/you
        dont/didnt/never/not/did remember/recall/ever? not? signing/giving/signed/asking/subscribing/sign/give/gave/opting/ask/agree/request/requesting/filling/contacting/subscribe/opt/consent/consented/agreed/inquiring .. up/this/number/you/in/for/texts/to/my/messages/out/these/it
        never/didnt/not/did ever? not? signed/sign/signing up/for
        never/didnt/not ever? asked/ask for/to/you this/these/it/texts/be/text/any/your
        never/didnt ever? gave/give/given/authorize/authorized/agree/agreed/consent/consented/subscribe/subscribed/opted/opt/request/requested/contacted/reached/inquired/inquire .. you/my/this/permission/number/consent/to/in/it/these/texts
        never opted
        never subscribed
        never/dont/didnt consented/gave/give/consent $
        never asked for
        not/never a customer/client
        never done business
        do i/we know you/u
        do we know each
        is/are this/it/you/these/looks/sounds/seems .. spam/scam/phishing/legit/scammer/scammers
        ^ spam/scam/scammer/scammers/spammer/spammers/phishing $
        looks/sounds/seems/smells/feels like a? spam/scam
        sounds/looks/seems/kinda/very/pretty fishy/sketchy/scammy/spammy
        your/this a/are/is/sending spam/spamming/scam
        more/sending/pure/total/its/this spam
        nice/good try scammer/scam/spammer
        scammers/spammers
        selling/sold/sell/bought/buying my number/info/data/information/contact
        what gives you the/a right
        delete this number?
        i dont know you
        invasion of/my privacy
        is/are this/you even legal/allowed
    """,
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
        once/twice a/per/every day/week/month is/only/max/would enough/plenty/be/fine
        only text/message/contact me if/when/about/for/on/between/after/during/once/in
        do you know/have/realize/any what/idea time
        what time it is/here
        its/it is? only? 5am/6am/4am/3am/2am/1am/midnight/11pm/12am/11/3/2/4/5/6 am/in/at/pm? $
        too early/late to/for text/texts/this/be/texting/messages
        waking/woke me/us/up/my up?
        instead/rather than/of texting/texts/text/messaging
        email/call/mail/write me? only $
        email/mail me? instead/not $
        by/via/through/over/to/use/prefer email/mail/phone/calls/emails only/instead $
        prefer/rather email/emails/calls/a/phone/mail to/over/than/not/instead
        prefer/rather not to? text/texting
        texts/texting is/are/cost/costs too/annoying/me/not/cost
        pay/charged/charges/paying for/per each/every/text/these/incoming/every? text/message
        not/dont on/during/at/after/before/text weekends/work/night/hours/weekend/sundays/midnight
        texts/messages are/is/r getting? getting/really/so/super/very/annoying/excessive/ridiculous/much?
        these/the/your/all these? texts/messages? are? annoying/excessive/ridiculous
        pause/hold/snooze/mute the/these/my/all/your/texts/alerts/notifications/on/off texts/messages/alerts/for/texting/notifications
        pause/hold off? .. texts/texting/messages/alerts
        take a/me break from/off
        give it/me/us a/some rest/break/space
        enough $
        enough already/of $?
        enough is enough
        give/back me/off a/some little/bit space/off
        dont be so/pushy
        too pushy
    """,
    Ground.HINTED: """
        ENDING .. ABOUT_TEXTS
        you/yall/people/ask/asking/them .. stop
        to stop $
        please stop
        ENDING .. * ABOUT_TEXTS
        ABOUT_TEXTS .. stop/end/cease
        REMOVE .. ME FROM
        dont/no/not/never/without .. consent
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
    """,
    Ground.START: """
        ^ START_KEYS START_KEYS? $
        unstop/unblock/restart/resume/reactivate/reinstate/reenable/reenroll me/my/texts/messages/texting/alerts/sending/the/messaging/updates/notifications/these/us/it/your/this/service
        ^ unstop
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
        what/whats/wat is/are/s/r this/these/your/the/dis/it .. number/texts/messages/line/service/text/about/for/list/program/alerts
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
        shut up thats/omg/no/really/serious/seriously
        you got me
        had me at
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
        i/we/ill/id/can/could/should/shall/will/would/to/gotta/must/need/may/might/wanna/going/gonna/plan/just/also/probably/had/have/got/then/well/let/lets we/i/me/you/to? stop by/at/in/over/for/there/here/to/drinking/smoking/eating/along/after/before/the/tomorrow/today/later/this
        when/where/why/how/what did/does/do/will/would/time/can/should it/the/they/he/she/this/that/rain/you/we .. stop/end/quit
        stop what/whatever you/youre/im/doing
        stop laughing/lying/kidding/teasing/joking/playing/worrying/playin/it/capping
        stop it youre/thats/lol/haha/omg/😂/🤣/😍/that
        oh/omg/aww/aw/haha/lol/please/lmao stop it? lol/haha/😂/🤣/youre/that/thats/you/😍
        spam folder/folders/filter/filters/box/inbox/leads/traffic/calls
        to/in my spam
        block/filter/stop spam leads/calls
        no texts/messages/text from the/him/her/them
        not getting/receiving any/the/your/my texts/messages from?
        opt in for/to the/a
        nonstop
        non stop
        stopped/stopping/stops
        stop/stopping distance
        in/at/by/on/the/of/front/back/high/low/year/weekend/month/deep/west/east/north/south/dead/rear/far/other/shallow/open/week/both/each/either/tail/loose/an/no/to/split end/ends
        end of/up/table/unit/units/result/zone/user/users/date/time/cap/game/to/in/at/on/tables/stage/date/bedroom/goal/house/lot/mill/piece/row
        ^ end of
        the/our/your/my/his/her/no/this/an end
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
        ^? UNSUBSCRIBE rate/rates/link/links/button/page/list/flow/feature/footer/every/option/header/headers/handling/compliance/requests/management/from
        ^? UNSUBSCRIBE from the/my/that/netflix/their/other/another/his/her/emails/those .. other/list/gym/channel/podcast/magazine/their/competitor/linkedin/zillow/redfin
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
        no thanks/thank needed/necessary/to
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
        dont/do/never not? call/send/email/write me/us/it/the/him/her/them/to/any/that/us? .. text/texts/texting/instead/first/better/best/easier
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

LISTS |= {
    "ENDING": "stop, stopped, stopping, quit, cease, end, dont, never, enough, without, halt, unsubscribe, tired, sick, "
    "block, leave, cancel, opt, discontinue, remove, delete, done, over, no, wont, nothing, nobody, hate, dnt, not",
    "ABOUT_TEXTS": "texts, texting, messages, messaging, spam, spamming, text me, message me, contact me, contacting me, "
    "bother me, bothering me, your list, this list, these lists, mailing list, text list, messaging me, sending me, "
    "msg me, hit me up, contacted, texted",
    "STATES": "bad, good, right, enough, fair, true, working, urgent, possible, ideal, great, cheap, ready, clear, available, "
    "negotiable, final, correct, necessary, loading, opening, fun, accurate, worth, happening, easy, here, open, funny, included, "
    "important, normal, cool, real, hard, big, done, yet, loud, sold, listed, ok, okay, acceptable, helpful, safe, far, legal, "
    "new, me, problem, issue, rush, hurry, mine, much, expensive, close, nice, serious, big deal, finished, over, fixed, "
    "renovated, insured, covered, complicated, weird, late, early, cold, hot, deal breaker, dealbreaker, joke, lot, emergency, "
    "same, one, way, it, signed, attached, updated, surprising, terrible, awful, horrible, small, old, used, "
    "furnished, refundable, flexible, priority, question, about, going to, what i, what we, how, my first, our first, sure, scheduled",
    "KEYS": "stop, stopall, stop all, unsubscribe, unsub, unsubscribe all, optout, opt out, opt me out, unscribe, "
    "opting out, opt out all, halt, cease, cease and desist, desist, terminate, discontinue, remove, delete, "
    "remove me, delete me, op out, st op, sto p, s top, quit, quit it, revoke, revoked, stop it, stop this, "
    "stop that, un subscribe, un sub, unsubscribed, opted out, exit, leave list, unregister, unenroll, stop stop, "
    "dnc, stop sms, stop text, stop message, stop msg, stop me, stopme, stopstop, stop end, stop quit, "
    "unsubscribe me, remove number, delete number, opt out me, stop period, opt out period, "
    "removal, take off, get off, optout all, stop list, stop service, stop subscription, deactivate",
    "WEAK_KEYS": "cancel, end, cancelled, canceled, cancel me, end it, end this, leave, off, out, kill, block, mute, "
    "abort, finish, done, cancel all, cancel subscription, cancel my subscription, withdraw, stopping, "
    "stopped, cancel this, end all",
    "START_KEYS": "start, unstop, subscribe, resubscribe, opt in, optin, opt me in, opt in me, re subscribe, resub, "
    "restart, resume, unsilence, unblock, rejoin, join, un stop, sign me up again, start again, start texts, subscribe me, "
    "start messages, opt back in, start all, continue texts, re start, re opt in, reactivate, renew, "
    "resubscribe me, start me, yes start, start yes, start me up, start please",
    "HELP_KEYS": "help, info, help me, helpme, hlp, i need help, sos, support, help info, need help, customer service, "
    "information, help with texts",
    "NOT_LISTS": "lease, title, deed, contract, quote, policy, loan, application, mortgage, waitlist, schedule, "
    "calendar, invite, order, hold, speaker, mute, tour, showing, plan, account, autopay, utilities, bill, "
    "registration, group plan, invoice, agreement, offer, email thread, cc, sign, listing, site, website, estimate, "
    "draft, paperwork, escrow, docs, document, documents, insurance, cosign, cosigner, waiting list, appointment, "
    "appointments, wait list, guest list, zoom, meeting, call, autodraft, auto pay, coverage, shower, trip, "
    "guestlist, booking, reservation, night, market, page, house, hoa list, form, will, sunday, saturday, demo, "
    "second, first, tuesday, friday, monday, thursday, wednesday, board, jobsite, airport, station, hook, grid, ledge, "
    "edge, roof, corner, exit, street, highway, office, school, work, group, class, webinar, roster for, "
    "hook on, payroll, workspace, team, admin, seat, seats, project, trial, beta, channel, slack, licence, license, "
    "short list, shortlist, guest, bcc, email chain, cc list",
}

ENGLISH = Language("en", LISTS, TABLES)
