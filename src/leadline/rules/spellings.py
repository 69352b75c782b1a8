"""How people spell: tables of short forms, words worth mending, and words that mean nothing."""

# Short forms and favourite misspellings, by the words the phrases know.
SHORT_FORMS = {
    "stop": "stp stpo sotp tsop sto stob stoppp stip stio stopp stawp stahp stop1 stoip stoo syop dtop "
    "stop2end st0p 5top 5t0p soptp tstop stoppped stap shtop stohp stopo ztop stpp",
    "texting": "txting txtin textin texin txtn txtng texing",
    "text": "txt texr tezt tect txet texxt",
    "texts": "txts textes textx txtz txs textses",
    "message": "msg mesage messge mssg mesg msge messege",
    "messages": "msgs msges mesages messges mssgs msgz messags messeges messgaes",
    "messaging": "msging msgin messagin mesaging messageing",
    "you": "u yall youse yinz y'all yu",
    "your": "ur yr yalls",
    "are": "r",
    "for": "4",
    "me": "mee",
    "dont": "dnt donot dunt dontt",
    "unsubscribe": "unsub unsuscribe unsubcribe unscribe unsubscibe unsubsribe unsubscrib unsubscride "
    "unsubsubscribe unsubcsribe unsubribe unsubs usub unsb unsubscr onsubscribe ubsubscribe",
    "opt": "opp",
    "optout": "optput optou opout",
    "number": "numba nmbr num numbr nbr numbe",
    "wrong": "rong wrng wong worng wromg",
    "contact": "contct",
    "please": "plz",
    "because": "cuz cause bc coz",
    "im": "iam",
    "going to": "gonna",
    "want to": "wanna",
    "want": "wnat",
    "trying to": "tryna",
    "let me": "lemme",
    "give me": "gimme",
    "kind of": "kinda",
    "fuck": "fck fuk fuc phuck f**k f*ck f*** fk fu*k fvck",
    "fuck off": "fuckoff fukoff feckoff",
    "fuck you": "fuckyou fuku fuckoffyou",
    "shit": "sh*t sh!t s**t",
    "dont text": "donttext",
    "opt out": "opt-out",
    "leave me alone": "leavemealone",
    "remove me": "removeme remoce",
    "no more": "nomore",
    "stop it": "stopit stahpit",
    "stop texting": "stoptexting stoptxting",
    "stop texting me": "stoptextingme",
    "stop messaging": "stopmessaging",
    "stop please": "stopplease pleasestop plsstop",
    "stop now": "stopnow",
    "unsubscribe me": "unsubscribeme unsubme",
    "opt me out": "optmeout",
    "wrong number": "wrongnumber",
    "not interested": "notinterested nointerested",
    "no thanks": "nothanks nty nothx",
    "remove": "rmv remov rmove remvoe",
    "interested": "intrested intersted interestd interrested",
    "anymore": "anymor",
    "reported": "repoted",
    "alone": "alon",
    "anything": "anythin",
}

# Words that are worth mending when one or two letters slipped, the likelier first.
MENDED = """
    unsubscribe unsubscribed unsubscribing stop remove removed removing delete texting texts text
    messages messaging message number cancel contacting contact anymore bothering harassing harassment
    spamming leave alone wrong sending interested receive receiving start subscribe resubscribe again
    permission consent withdraw revoke blocked reporting attorney desabonner desinscription desinscrire
    arreter abmelden austragen nachrichten cancelar mensajes mensagens messaggi berichten afmelden
    uitschrijven wypisz borrar eliminar quitar numero falsche disiscrivimi cancellami cancellatemi
    arretez supprimez eliminen smettete verwijder przestancie aufhoren
    remover descadastrar wiadomosci suscripcion inscription
"""

# Words that are meant when a whole message is one letter from them.
ALONE = """
    stop stopall unsubscribe unsubscribeme cancel quit optout revoke help start unstop parar detener arreter
    abmelden afmelden uitschrijven
"""

# Whole messages that are one letter from a word above, and mean what they say.
NO_KEYWORDS = """
    quiet quite quits suit quilt quick quid quint quip unit held hell heap kelp yelp helps helped hello whelp
    heal heel helm step stoop stomp strop slop stow spot parara para pare pasar pagar parada detenes canal
"""

# One letter from a word above, and a word of its own.
WORDS_OF_THEIR_OWN = """
    against ago aline alon alone along alto altos arrete arreton atop attorneys beave bending bericht
    berichte block blocks borrow bothered brothering cancelada cancelado cancele canceled canceling
    cancelled cancelling cancels cancer cancun chancel chart cleave clocked clone comment compact
    conceal concept consents consult contact's contacted contacts content contest context contract
    contracted contracting contracts convent deleted deletes deleting dressing eliminado eliminate
    ending enumero evoke exporting falsch falscher flocked gain gin grain harassed heaven intent
    interest interested's interesting interests leader lease leased leases leave leaven leaver leaves
    leaving lending lieve loan locked lumber lumbers massage massages meddling member members mending
    mensagem mensaje mess message messaged messagio messing nachricht nesting next numbered numbers
    numero numeros passage passages permissions prong provision provoke quite quiz reading received
    receiver receives remission remote removable removal removes reported reports resending restart
    rested resting retest revoked sanding scamming seeding seeing sending setup shop shops slamming
    sleeve slop smart smarter spam spanning spending sport sporting spot standing star stare stark stars
    started starter starting starts state stay step steps stock stomp stoop stopped stopper stopping
    stops store storm story stove stow string strong strop sublime subscribed subscriber subscribers
    subscribes suit supporting swimming tart taxi teat tent tents test tested testing tests tex texan
    texas texted top tops unit unsubscribes usage vending vesting weave wring
"""

# Courtesies and curses mean nothing for what is asked, wherever they stand.
NOISE = """
    actually asap bloody completely damn damned dang effective effing entirely ever f**king f*cking
    fckin fckn ffs fking fn forthwith freakin freaking freakn frickin friggin frigging fuckin fucking
    fuckn goddam goddamn goddammit goddamit hereby honestly immediately just kindly literally
    maam madam motherfucking permanently please pleaze pleez pls plse plz promptly really seriously simply
    sir tf totally
"""

# What may stand before or behind a word that is meant as a whole message, by commas.
PADDING = """
    a lot, a u b, adesso, again, agora, ahora, ajb, all, already, alright, alsjeblieft, alstublieft,
    amigo, and, any more, anymore, appreciate it, as of today, at once, aub, basta ya, bedankt, best,
    bitte, bitte schon, boa tarde, bom dia, bonjour, bonsoir, boss, bro, bruh, buddy, buenas, buenas
    tardes, buenos dias, buongiorno, but, bye, can you, cheers, ciao, code, comma, cordialement,
    cortesemente, could you, czesc, dag, dammit, damnit, dank je, dank u, danke, danke schon, dankjewel,
    dear, dear sir, dear team, dekuji, direct, disculpe, dot, dude, dzieki, dziekuje, dzien dobry,
    effective today, endlich, everything, exclamation mark, exclamation point, faz favor, fazendo favor,
    folks, for god, for good, for real, forever, forreal, fr, friend, from, full, gentilmente, god, god
    bless, graag, gerne, gern, goedemorgen, good bye, good day, goodbye, gracias, grazie, grazie mille,
    guten tag, guys, hallo, have a blessed day, have a good day, have a good one, have a great day,
    have a nice day,
    hello, hey, hi, hoi, hola, homie, hun, i, i repeat, i said, i say, i want to, i want you to, i wish
    to, i would like to, id like to, if possible, if you dont mind, if you please, immediatement, jesus,
    jetzt, just, k, kiitos, kk, lady, lets, lol, lutfen, madame, maintenant, mal, man, many thanks,
    mate, merci, merci beaucoup, message, meteen, mfg, miss, moin, monsieur, mr, mrs, ms, much
    appreciated, muchas gracias, multumesc, mvg, nah, natychmiast, no, no more, nope, now, nu, obg,
    obrigada, obrigado, oh, oiga, ok, okay, ola, omg, once and for all, oye, peace, people, per favore,
    per piacere, perfavore, period, pf, pfv, pfvr, po, por favor, porfa, porfavor, pozdrawiam,
    pozhaluysta, prosim, prosze, question mark, regards, right away, right now, s il te plait, s il vous
    plait, said, salamat, salut, salve, se faz favor, senor, senora, servus, so, so much, sofort, sorry,
    sos, spasibo, stp, subito, svp, tack, tak, takk, team, teraz, tesekkurler, tf, thank u, thank you,
    thank you very much, thanks, thankyou, thanx, the, then, this instant, this minute, thnx, thx, tks,
    tnx, to all, today, today please, tout de suite, ty, tysm, u, ugh, uh, um, va rog, valeu, vanligen,
    very much, vielen dank, vlw, we want to, well, will you, witam, would you, wtf, x, xfa, xfavor, ya,
    yall, yea, yeah, yes, yo, you, you guys, you too, будь ласка, дякую, пожалуйста, спасибо
"""

# People glue the second to the first: "stoptextingme".
GLUED = """
    unsubscribe unsub stop quit remove delete leave dont cancel end optout takeme nomore optmeout
"""

GLUED_BEHIND = """
    all alone bothering calling cancel contacting end from it list me messages messaging my now number
    off out please pls plz quit sending sms spam spamming stop text texting texts thanks thankyou the
    this unsubscribe your
"""
