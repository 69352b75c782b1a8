"""How people spell: short forms, slips of the finger, letters that only look alike."""

from collections.abc import Collection, Iterator
from itertools import combinations

# Short forms and favourite misspellings, and the word the phrases know. Two words stand for a glued form.
SHORT_FORMS = {
    "stop": "stp stpo sotp tsop sto stob stoop! stoppp stip stio stopp stawp stahp stop1 stoip stoo syop dtop atop! "
    "stop2end st0p 5top 5t0p stopit! soptp tstop stoppped stap shtop stohp stopo ztop stpp stoop!",
    "texting": "txting txtin textin texin txtn txtng texing testing!",
    "text": "txt texr tezt tect txet texxt",
    "texts": "txts textes textx txtz txs tests! textses",
    "message": "msg mesage messge mssg mesg massage! msge mes messege",
    "messages": "msgs msges mesages messges mssgs msgz massages! messags messeges messgaes",
    "messaging": "msging msgin messagin mesaging massaging! messageing",
    "you": "u yall youse yinz y'all yu",
    "your": "ur yr yalls",
    "are": "r",
    "for": "4",
    "me": "mee",
    "dont": "dnt donot dunt dint! dontt",
    "unsubscribe": "unsub unsuscribe unsubcribe unsuscribed! unscribe unsubscibe unsubsribe unsubscrib unsubscride "
    "unsubsubscribe unsubcsribe unsubribe unsubs usub unsb unsubscr onsubscribe ubsubscribe",
    "opt": "opp",
    "optout": "optput optou optout! opout",
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
    "not interested": "notinterested nointerested unintrested! disinterested! uninterested!",
    "no thanks": "nothanks nty nothx",
    "remove": "rmv remov rmove remvoe",
    "interested": "intrested intersted interestd interrested interest!",
    "anymore": "anymor nomo!",
    "reported": "repoted",
    "alone": "alon",
    "anything": "anythin",
}

# Words that are worth mending when one or two letters slipped, the likelier first.
_MENDED = """unsubscribe unsubscribed unsubscribing stop remove removed removing delete texting texts text messages
    messaging message number cancel contacting contact anymore bothering harassing harassment spamming leave alone
    wrong sending interested receive receiving start subscribe resubscribe again permission consent withdraw revoke
    blocked reporting attorney desabonner desinscription desinscrire arreter abmelden austragen nachrichten cancelar
    mensajes mensagens messaggi berichten afmelden uitschrijven wypisz borrar eliminar quitar numero falsche
    disiscrivimi cancellami cancellatemi remover descadastrar wiadomosci suscripcion inscription"""

# One letter from a word above, and a word of its own.
_WORDS_OF_THEIR_OWN = frozenset(
    """shop step stoop top slop strop atop stow stomp tops test tests tent tents next taxi teat tex texas texan testing
    context nesting resting vesting lumber numbers member members remote removes deleted deletes lease leased leases
    leaves weave heaven along clone loan gain against cancer cancels canceled cancelled canceling cancelling quite
    suit unit quiz smart star stars stark stare tart chart state starts started stay massage massages spending
    seeding lending ending sanding standing mending bending vending contract contracts contacts contracting compact
    contracted contacted interest interests interesting interested's receives received receiver string strong wring
    prong mess meddling passage passages usage blocks locked clocked block stock flocked messing dressing store stove
    story storm steps stops stopped stopping alto altos leaving leader reading spanning scamming swimming slamming
    numbered lumbers consents content convent contest intent comment concept restart starting smarter permissions
    provision remission attorneys deleting tex texted tested rested retest cancun cancelado cancelada cancele
    numeros enumero falsch falscher arrete arreton reports reported exporting supporting sporting revoked provoke
    evoke subscribed subscriber subscribers subscribes sublime unsubscribes removal removable numero spot sport
    sending resending seeing bothered brothering harassed borrow eliminate eliminado mensaje mensagem messagio
    nachricht bericht berichte message messaged alon aline ago gin grain alone stopper setup stops shops starter
    contact's spam consult conceal chancel leave leaver leaven beave sleeve cleave lieve""".split()
)

# Courtesies and curses mean nothing for what is asked, wherever they stand.
NOISE = frozenset(
    """please pls plz plse pleez pleaze kindly just fucking fuckin fckn fckin fking friggin frickin freaking freakin
    frigging goddamn damn damned dang bloody effing motherfucking ever literally really simply permanently promptly
    asap immediately sir maam madam honestly seriously forthwith hereby entirely completely totally ffs effective
    f*cking f**king fn goddam freakn actually fuckn""".split()
)

# What may stand before or behind a word that is meant as a whole message.
PADDING = frozenset(
    row
    for rows in """
    thanks, thank you, thank u, thx, ty, tks, thankyou, tysm, tnx, thanx, thnx, so much, very much, a lot, cheers, sorry, now,
    right now, already, today, ok, okay, k, kk, hi, hello, hey, yo, dear, dear team, team, dear sir, guys, you guys, man, dude, bro, bruh, buddy,
    folks, people, friend, boss, mate, homie, hun, lady, miss, mr, mrs, ms, no, nope, nah, yes, yeah, yea, well, so, and, but, then, just,
    i said, i say, said, again, i repeat, period, comma, exclamation point, exclamation mark, question mark, full, dot, alright,
    thank you very much, many thanks, appreciate it, much appreciated, would you, will you, could you, can you, you, lol, oh, um, uh, ugh, omg, jesus, god, for god,
    from, forever, for good, for real, fr, forreal, all, everything, effective today, as of today, today please, dammit, damnit, wtf, tf, bye, good bye, goodbye, have a nice day, have a good one, have a great day, have a blessed day,
    have a good day, god bless, good day, peace, regards, best, yall, at once, this minute, this instant, right away, once and for all,
    if you please, if possible, if you dont mind, i want to, i want you to, i would like to, id like to, i wish to, we want to, lets, i, you too, u, any more, anymore, no more, the, message, to all, code, x, sos,
    por favor, porfavor, porfa, xfa, xfavor, pf, gracias, muchas gracias, ya, hola, ahora, buenos dias, buenas tardes, buenas, senor, senora, amigo, pfv, pfvr, basta ya, disculpe, oye, oiga,
    merci, merci beaucoup, svp, stp, s il vous plait, s il te plait, bonjour, bonsoir, salut, maintenant, monsieur, madame, cordialement, immediatement, tout de suite,
    bitte, danke, danke schon, vielen dank, hallo, guten tag, sofort, jetzt, mfg, endlich, mal, moin, servus, bitte schon,
    obrigado, obrigada, ola, bom dia, boa tarde, agora, obg, vlw, valeu, fazendo favor, faz favor, se faz favor,
    per favore, perfavore, grazie, grazie mille, ciao, buongiorno, salve, subito, adesso, per piacere, cortesemente, gentilmente,
    aub, a u b, alstublieft, alsjeblieft, ajb, svp, dank u, dank je, dankjewel, bedankt, hoi, nu, direct, meteen, dag, goedemorgen, mvg,
    prosze, dziekuje, dzieki, dzien dobry, witam, czesc, natychmiast, teraz, pozdrawiam,
    tack, takk, tak, kiitos, vanligen, lutfen, tesekkurler, multumesc, va rog, prosim, dekuji, spasibo, pozhaluysta, пожалуйста, спасибо, будь ласка, дякую, salamat, po
    """.split(",")
    if (row := " ".join(rows.split()))
)

# Cyrillic and Greek letters that look like Latin ones, after case is folded.
LOOKALIKES = str.maketrans("асекіїјморԁѕтухвнԛԝʏɑοριτυνκηχαεοѕզցհոօսӏꓢꓔ", "acekiijmopdstyxbhqwyaopituvkhxaeosqghnoulst")
_LEET = str.maketrans("013457$@!*", "oieasts aio"[:10])
_APART = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a", "!": "i"}
_LEET = str.maketrans(_APART)
_LONGEST = 40


def _without(word: str, count: int) -> Iterator[str]:
    """The word with so many of its letters left out, in every way."""
    for places in combinations(range(len(word)), count):
        yield "".join(letter for place, letter in enumerate(word) if place not in places)


def _slips(word: str) -> int:
    """How many letters may be wrong: two in a long word, one in a short one."""
    return 2 if len(word) >= 9 else 1


def _variants(word: str) -> Iterator[str]:
    for count in range(_slips(word) + 1):
        yield from _without(word, count)


def _squeezed(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if place == 0 or word[place - 1] != letter)


class Spelling:
    """Turns a written word into the words that a phrasebook knows, if it is near enough to some."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._known = vocabulary
        self._short = {
            form.removesuffix("!"): tuple(meant.split())
            for meant, forms in SHORT_FORMS.items()
            for form in forms.split()
            if not form.endswith("!")
        }
        self._mended: dict[str, str] = {}
        self._squeezed: dict[str, str] = {}
        for word in _MENDED.split():
            self._squeezed.setdefault(_squeezed(word), word)
            for variant in _variants(word):
                self._mended.setdefault(variant, word)
        self._read: dict[str, tuple[str, ...]] = {}

    def read(self, written: str) -> tuple[str, ...]:
        """The words meant by one written word; the word itself if nothing better is known."""
        found = self._read.get(written)
        if found is None:
            found = self._meant(written)
            if len(self._read) < 20_000:  # What strangers write must not fill the memory.
                self._read[written] = found
        return found

    def _meant(self, written: str) -> tuple[str, ...]:
        if written in self._short:
            return self._short[written]
        if written in self._known or written in NOISE or len(written) > _LONGEST:
            return (written,)
        for guess in (written.translate(_LEET), written.translate(LOOKALIKES)):
            if guess in self._known or guess in self._short:
                return self._short.get(guess, (guess,))
        return self._glued(written) or (self._mend(written),)

    def _mend(self, written: str) -> str:
        if len(written) < 4 or written in _WORDS_OF_THEIR_OWN or not written.isalnum() or written.isdigit():
            return written
        squeezed = _squeezed(written)
        if squeezed != written and (squeezed in self._squeezed or squeezed in self._known):
            return self._squeezed.get(squeezed, squeezed)
        for variant in _variants(written):
            target = self._mended.get(variant)
            if target and abs(len(target) - len(written)) <= _slips(target) and len(variant) >= 3:
                return target
        return written

    def _glued(self, written: str) -> tuple[str, ...]:
        """The words of "stoptextingme"; none unless it begins with one of the words that are often glued."""
        first = next((word for word in _GLUED if written.startswith(word) and len(written) > len(word) + 1), "")
        return self._parts(written, len(first)) if first else ()

    def _parts(self, written: str, first: int) -> tuple[str, ...]:
        rest = written[first:]
        for cut in range(len(rest), 1, -1):
            head, tail = rest[:cut], rest[cut:]
            if head in _GLUED_AFTER:
                if not tail:
                    return written[:first], head
                if behind := self._parts(rest, cut):
                    return written[:first], *behind
        return ()


_GLUED = ("unsubscribe", "unsub", "stop", "quit", "remove", "delete", "leave", "dont", "cancel", "end", "optout", "takeme", "nomore", "optmeout")
_GLUED_AFTER = frozenset(
    """texting text texts me messaging messages all it now please this sending calling spamming contacting bothering
    alone off list number my from your the out stop unsubscribe sms thanks thankyou pls plz spam end quit cancel""".split()
)
