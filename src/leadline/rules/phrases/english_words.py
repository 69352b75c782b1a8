"""The words behind the names in CAPITALS of the English phrases."""

WORDS = {
    "PHONE": """
        number, numbers, phone, cell, cellphone, mobile, line, digits, contact, contact info, device, inbox
    """,
    "NAME": """
        name, info, information, data, details, profile, record, records, address, email, ass, self
    """,
    "MY": """
        my, our, this, these, his, her, the, mine, moms, wifes, husbands
    """,
    "ME": """
        me, us, myself, ourselves, my PHONE, our PHONE, this PHONE, my phone number, my cell number,
        this phone number, this cell number, his PHONE, her PHONE, their PHONE, my cell, my cell phone, my NAME,
        our NAME, my family, my household, my moms phone
    """,
    "IT": """
        it, this, that, these, those, them, this shit, this crap, this nonsense, this bullshit
    """,
    "YOU": """
        you, you guys, you people, you all, they, these people, yall
    """,
    "TEXTS": """
        texts, text, messages, message, sms, spam, spams, text messages, sms messages, texts messages, txts,
        mms, promos, robotexts, text blasts, robo texts, text spam, spam texts, spam messages, messaging,
        texting, spamming, solicitations, solicitation, solicitation texts, marketing texts, marketing messages,
        promo texts, promotional texts, promotional messages, sales texts, sales pitches, sales messages,
        automated texts, automated messages, auto texts, junk texts, unwanted texts, unwanted messages,
        marketing, notifications, harassment, bullshit texts
    """,
    "SENT": """
        TEXTS, alerts, updates, reminders, offers, ads, calls, emails, promotions, blasts, newsletters,
        newsletter, junk, crap, bs, shit, stuff, garbage, nonsense, bullshit, campaign, campaigns, contact,
        communication, communications, correspondence, outreach, follow ups, followups, pitches, pings,
        subscription, advertisements, advertising, mail, program, thread, service, pestering, calls and texts,
        messaging service, txt, notifs, mailings, listings, deals, coupons, drip, sequence, contacting,
        phone calls, voicemails
    """,
    "ALL": """
        all, any, all the, all of the, all these, all of these, all this, all your, all future, all further,
        any more, anymore, more, the, these, those, this, your, your stupid, your dumb, your annoying,
        the stupid, the damn, further, future, any further, any future, with the, with these, with your,
        with all the, with this, all of your, my, our, such, stupid, dumb, annoying, the constant, the endless,
        the daily, these stupid, these dumb, these annoying, the annoying
    """,
    "CEASE": """
        stop, stoop, quit, cease, halt, end, discontinue, terminate, knock off, cut out, lay off, desist from,
        refrain from, stop with, quit with, cease and desist, stop it with, quit it with, stop all,
        cut it out with, knock it off with, cease all, stop ever, suspend, avoid, stop any, give up, gtfo with
    """,
    "SHUT_OFF": """
        turn off, shut off, switch off, cancel, kill, silence, disable, deactivate, cut off, mute, shut down, stop, end
    """,
    "CONTACTING": """
        texting, hmu, blowing ME up, hitting ME up, messaging, contacting, bothering, harassing, spamming,
        pestering, bugging, hounding, bombarding, blasting, disturbing, soliciting, stalking, badgering,
        flooding, pinging, annoying, dming, hitting up, reaching out to, communicating with, following up with,
        notifying, blowing up, hitting, marketing to, trying to contact, trying to reach, trying to text,
        sending texts to, sending messages to, sending text messages to, texting and calling,
        calling and texting, trying to sell, calling or texting, texting or calling, trying to get a hold of,
        wasting my time texting, trying to scam, blowin up, hassling, nagging, checking in with, checking up on, trying to sell me, emailing and texting,
        sending stuff to, sending crap to, talking to
    """,
    "ADDRESSING": """
        CONTACTING, calling, sending, writing, writing to, emailing, reaching out, following up, checking in, phoning,
        dialing, mailing, asking, selling, ringing, bugging
    """,
    "CONTACT": """
        text, message, contact, bother, harass, spam, pester, bug, ping, hit up, solicit, disturb, dm, notify,
        txt, reach out to, communicate with, send texts to, send messages to, text or call, call or text,
        text or contact, contact or text, send any texts to, send any messages to, text or message, hit, annoy,
        follow up with, check in with, keep checking in with, keep following up with, write to, use, blow up, hmu, sms, hound, market to, approach, ever text, ever contact, ever message,
        text or email, text and call, keep texting, keep messaging, keep contacting, keep bothering, be texting,
        be messaging, be contacting, blow up my, come at
    """,
    "ADDRESS": """
        CONTACT, call, send, write, write to, email, reach out, follow up, check in, phone, mail, sell, talk to, reply,
        send stuff to, send anything to, keep sending, keep calling, be calling, be sending
    """,
    "DONT": """
        dont, do not, donot, never, dnt, don t, dont you, dont you dare, do nott, dont u, please dont,
        stop and dont, never again, not to, dont ever, must not, may not, shall not, should not, shouldnt,
        are not to, better not
    """,
    "AGAIN": """
        again, anymore, any more, any longer, no more, further, evr again, ever again, period
    """,
    "NO_LONGER": """
        no longer, not, dont, do not, never, didnt, no
    """,
    "WISH": """
        want, wish, need, care, care for, like, want to receive, want to get, wish to receive, need to receive,
        want to be getting, care to receive, want to recieve, wish to get, want to be receiving, like getting,
        want to see, want to keep getting, like receiving, want to keep receiving, intend to receive,
        want to continue receiving, wish to continue receiving, wish to recieve, would like to receive,
        agree to receive, consent to receive, care to get, authorize, care about
    """,
    "BE_CONTACTED": """
        be contacted, be texted, be messaged, be called, be bothered, be spammed, be notified, be solicited,
        be harassed, be included, be on this, be on your, be on the list, be a part of this, be part of this,
        hear from you, hear from yall, hear from them, hear from anyone, hear from this, hear from your,
        hear anything else from you, hear anything from you, hear another word, hear any more from, be in this,
        be in your, get contacted, be marketed to, be subscribed, be reached, be on any
    """,
    "REMOVE": """
        remove, delete, take, drop, scratch, erase, scrub, wipe, strike, pull, purge, unlist, cut, kick, clear,
        yank, exclude, unenroll, unregister, deregister, disenroll, cross, boot, cancel, get rid of, withdraw,
        discard, dump, leave, keep, eliminate, unadd, removing, deleting, expunge, omit
    """,
    "FROM": """
        from, off, off of, out of, outta, of, on, frm, form, fro
    """,
    "LIST": """
        list, lists, database, db, system, distribution, roster, rolodex, crm, contacts, contact, campaign,
        campaigns, program, rotation, blast, blasts, thread, records, sheet, file, files, book, queue, mailing,
        thing, phonebook, directory, listserv, platform, spreadsheet, subscription, marketing, TEXTS, alerts,
        notifications, promos, broadcast, funnel, drip, sequence, outreach, cadence, loop, mailings, texting, chain, group text, text chain,
        message list, updates, reminders, group chat, drip campaign, auto texts, text thing, texting thing
    """,
    "YOUR": """
        your, this, these, those, any, all, every, whatever, any and all, any future, all future, all of your,
        all your, whatever list, all these, all of these, here, everything, your stupid, your damn, your dumb
    """,
    "UNSUBSCRIBE": """
        unsubscribe, unsub, unsubscribing, desubscribe, unenroll, deenroll, un subscribe, un sub, unscribe,
        unsubscribed, de subscribe, end subscription, unsubscription
    """,
    "OPT_OUT": """
        opt out, optout, opting out, opted out, opt me out, opt us out, op out, opt my number out,
        opt this number out, ot out, opt put, apt out, opt oit, optout me, optme out, opt myself out, oot out
    """,
    "OTHERS": """
        customers, customer, clients, client, people, recipients, subscribers, users, contacts, leads, they,
        someone, somebody, lead, buyer, seller, buyers, tenants, patients, members, homeowners, prospects,
        anyone, everyone, employees, prospect, agents, who, renters, consumers, owners, parents, guests, folks
    """,
    "REPORT": """
        report, reporting, reported, block, blocking, blocked, sue, suing, block and report,
        reported and blocked, blocked and reported, reporting and blocking, blocking and reporting,
        report and block, turn in, turning in
    """,
    "WILL": """
        ill, im, will, going to, gonna, am, i am, being, be, been, have, ive, was, about to, i, we, were,
        getting, u r, you are, youre, get, gets, got
    """,
    "AUTHORITY": """
        ftc, fcc, bbb, attorney general, ag, state ag, police, cops, authorities, carrier, dnc,
        consumer protection, better business bureau, verizon, att, t mobile, tmobile, twilio, cfpb, do not call,
        do not call registry, do not call list, dnc list, dnc registry, provider, phone company, sheriff,
        regulators, state attorney general, my states attorney general, 7726, ico, crtc, acma,
        attorney generals office
    """,
    "COURT": """
        sue you, see you in court, take you to court, take legal action, press charges, legal action, tcpa,
        small claims, class action, cease and desist, file a complaint, filing a complaint, filed a complaint,
        file suit, lawsuit, file charges, restraining order, pursue damages, filing a report, file a report,
        statutory damages, take this to court, complaint with the AUTHORITY
    """,
    "CONSENT": """
        consent, permission, authorization, authorisation, approval, opt in, prior express consent,
        express consent, written consent, authority, agreement, consents
    """,
    "WITHDRAW": """
        withdraw, revoke, rescind, withdrawing, revoking, rescinding, retract, pull, cancel, cancelling,
        withdrawn, revoked, rescinded, retracting, canceling, terminate, hereby revoke, taking back, take back,
        withdrew
    """,
    "WRONG": """
        wrong, incorrect, rong, wong, not the right, not the correct
    """,
    "PERSON": """
        number, person, guy, dude, man, lady, woman, girl, phone, contact, house, chick, gal, phone number,
        cell, individual, human, one, fella, fellow, recipient, party, digits, mike, bro, bud, homie,
        cell number, line, address, pal, kid, family, johnson
    """,
    "PAST_NEED": """
        bought, sold, purchased, found, signed, hired, leased, rented, closed, installed, replaced, switched,
        chose, picked, got
    """,
    "LIMITS": """
        while, during, unless, until, till, before, after, at work, at night, on weekends, on the weekend,
        on sundays, on sunday, on saturdays, on weekdays, so late, this late, so early, this early, so many,
        so much, so often, as often, that often, as much, too early, that late, that early, tonight, today,
        this week, this weekend, right now, for now, at this hour, at these hours, after hours, in the morning,
        in the mornings, every day, everyday, daily, in the middle of the night, past, late at night, late,
        early, between, at 2am, when im, when i am, as many, too often, too many, at this time of night,
        at this time, first thing, on shabbat, on holidays, except, multiple times a day, 24 7, all day,
        at dinner, at 6am, at 5am, at 7am, at 11pm, at midnight, other than, in spanish, in english,
        on this number use, like this late, weekends, if it isnt, if its not, tomorrow, this month, more than,
        on my work, at 6, at 7, at 10pm, every hour, every 5 minutes, about this property, about that property,
        about other, twice a day
    """,
    "ENDING": """
        stop, stopped, stopping, quit, cease, end, dont, never, enough, without, halt, unsubscribe, tired, sick,
        block, leave, cancel, opt, discontinue, remove, delete, done, over, no more, wont, nothing, nobody, hate,
        dnt, not
    """,
    "ABOUT_TEXTS": """
        texts, texting, messages, messaging, spam, spamming, text me, message me, contact me, contacting me,
        bother me, bothering me, your list, this list, these lists, mailing list, text list, messaging me,
        sending me, msg me, hit me up, contacted, texted
    """,
    "STATES": """
        bad, good, right, enough, fair, true, working, urgent, possible, ideal, great, cheap, ready, clear,
        available, negotiable, final, correct, necessary, loading, opening, fun, accurate, worth, happening,
        easy, here, open, funny, included, important, normal, cool, real, hard, big, done, yet, loud, sold,
        listed, ok, okay, acceptable, helpful, safe, far, legal, new, me, problem, issue, rush, hurry, mine,
        much, expensive, close, nice, serious, big deal, finished, over, fixed, renovated, insured, covered,
        complicated, weird, late, early, cold, hot, deal breaker, dealbreaker, joke, lot, emergency, same, one,
        way, it, signed, attached, updated, surprising, terrible, awful, horrible, small, old, used, furnished,
        refundable, flexible, priority, question, about, going to, what i, what we, how, my first, our first,
        sure, scheduled
    """,
    "KEYS": """
        stop, stopall, stop all, unsubscribe, unsub, unsubscribe all, optout, opt out, opt me out, unscribe,
        opting out, opt out all, halt, cease, cease and desist, desist, terminate, discontinue, remove, delete,
        remove me, delete me, op out, st op, sto p, s top, quit, revoke, revoked,
        un subscribe, un sub, unsubscribed, opted out, exit, leave list, unregister, unenroll,
        stop stop, dnc, stop sms, stop text, stop message, stop msg, stop me, stopme, stopstop, stop end,
        stop quit, unsubscribe me, remove number, delete number, opt out me, stop period, opt out period,
        removal, take off, get off, optout all, stop list, stop service, stop subscription, deactivate
    """,
    "WEAK_KEYS": """
        cancel, end, cancelled, canceled, cancel me, end it, end this, leave, off, out, kill, block, mute,
        abort, cancel all, cancel subscription, cancel my subscription, withdraw, stopping,
        stopped, cancel this, end all, stop it, stop this, stop that, quit it
    """,
    "PHONE_OF_MINE": """
        my PHONE, our PHONE, this PHONE, these PHONE
    """,
    "REQUEST_VERB": """
        ask, asking, request, requesting, demand, demanding, insist, insisting, beg, begging, prefer, appreciate it
    """,
    "STOP_OR_OUT": """
        stop, opt out, optout, unsubscribe, unsubscription, quit, opting out
    """,
    "ANY_KEY": """
        KEYS, WEAK_KEYS
    """,
    "START_KEYS": """
        start, unstop, subscribe, resubscribe, opt in, optin, opt me in, opt in me, re subscribe, resub,
        restart, resume, unsilence, unblock, rejoin, join, un stop, sign me up again, start again, start texts,
        subscribe me, start messages, opt back in, start all, continue texts, re start, re opt in, reactivate,
        renew, resubscribe me, start me, yes start, start yes, start me up, start please
    """,
    "HELP_KEYS": """
        help, info, help me, helpme, hlp, i need help, sos, support, help info, need help, customer service,
        information, help with texts
    """,
    "NOT_LISTS": """
        lease, title, deed, contract, quote, policy, loan, application, mortgage, waitlist, schedule, calendar,
        invite, order, hold, speaker, mute, tour, showing, plan, account, autopay, utilities, bill,
        registration, group plan, invoice, agreement, offer, email thread, cc, sign, listing, site, website,
        estimate, draft, paperwork, escrow, docs, document, documents, insurance, cosign, cosigner,
        waiting list, appointment, appointments, wait list, guest list, zoom, meeting, call, autodraft,
        auto pay, coverage, shower, trip, guestlist, booking, reservation, night, market, page, house, hoa list,
        form, will, sunday, saturday, demo, second, first, tuesday, friday, monday, thursday, wednesday, board,
        jobsite, airport, station, hook, grid, ledge, edge, roof, corner, exit, street, highway, office, school,
        work, group, class, webinar, roster for, hook on, payroll, workspace, team, admin, seat, seats, project,
        trial, beta, channel, slack, licence, license, short list, shortlist, guest, bcc, email chain, cc list
    """,
}
