"""What stands around a person's own words: reactions, quoted messages, lines that a phone adds."""

import re
from collections.abc import Mapping

# More than Twilio ever delivers (https://www.twilio.com/docs/glossary/what-sms-character-limit).
MOST_CHARACTERS = 2_000

# A reaction arrives as a text: one of these, in the language of the phone, then our own words in quotes.
REACTIONS = {
    "en": (
        *("liked", "loved", "disliked", "emphasized", "emphasised", "laughed at", "questioned"),
        *("reacted .{1,20} to", "removed an? .{1,25} from", "removed .{1,25} from", "reacted to"),
    ),
    "es": (
        *("(le|te|me) (gustó|encantó|disgustó|gusta|encanta)", "no (le|me) (gustó|gusta)", "(le )?dio risa"),
        *("(se )?ri[óo] (de|con|por)", "enfatizó", "exclamó", "cuestionó", "(ha )?reaccion(ó|ado) .{1,20} a"),
        *(
            "(le )?ha (gustado|encantado|dado risa)",
            "(quitó|eliminó) .{1,25} (de|a)",
            "destacó",
            "puso en duda",
        ),
    ),
    "fr": (
        *(
            "(a |j.)?(aimé|adoré|détesté|souligné|questionné|interrogé)",
            "n.a pas aimé",
            "(a )?ri (à|de|pour)",
        ),
        *("(a )?mis (en évidence|l.accent sur)", "(a )?réagi .{0,20} ?à", "a retiré .{1,25} de"),
        *("a trouvé .{1,25}", "a exprimé .{1,30}", "j.aime", "j.adore"),
    ),
    "de": (
        *("(hat )?(gefällt|gefiel|liebte?|mag|mochte|betonte?|hinterfragte|hervorgehoben)( nicht)?",),
        *(
            "(lachte|lacht|gelacht) über",
            "hat .{1,40}( auf)?",
            "(reagierte|reagiert) .{1,20} auf",
            "hob hervor",
        ),
    ),
    "pt": (
        *("(não )?(gostou|curtiu|amou|adorou|enfatizou|questionou|destacou)( de)?", "riu( de)?"),
        *("reagiu .{1,20} (a|à)", "removeu .{1,25} de"),
    ),
    "it": (
        *(
            "(ha )?(messo mi piace a|apprezzato|amato|adorato|enfatizzato|sottolineato)",
            "(non )?(gli|le) è piaciuto",
        ),
        *("(ha )?riso (per|di|a)", "ha reagito .{1,20} a", "mi piace", "non mi piace", "ha messo .{1,20} a"),
    ),
    "nl": (
        *("vond .{0,20}(leuk|geweldig|grappig)", "(heeft|had) .{1,40}", "(lachte|lacht) om", "benadrukte"),
        *("reageerde .{1,20} op", "leuk gevonden", "vindt .{0,20}leuk", "geliket"),
    ),
    "pl": ("polubi\\w+", "pokocha\\w+", "(za)?reagowa\\w+ .{1,20} na", "wyróżni\\w+", "zaśmia\\w+ .{1,10}"),
    "a sign": ("[^\\w\\s]{1,12}\\s*(to|a|à|zu|auf|op|na|para|em|en|pour|per|su|do)?",),
}
_THINGS = (
    *("image", "photo", "picture", "video", "movie", "attachment", "link", "audio message", "voice message"),
    *("sticker", "gif", "location", "contact"),
)

AUTOMATIC = {
    "en": (
        *(
            "auto[- ]?(reply|response|responder|generated|text)",
            "(\\A\\W*|an? |was |is )automatic(ally)? (generated|sent|message|text|reply|response)",
        ),
        *(
            "(\\A\\W*|an? |is )auto(matic|mated)[- ](reply|response|message)",
            "i.?( a)?m (currently |now )?driving",
            "^driving\\b",
        ),
        *(
            "(driving|do not disturb) (focus|mode|while driving)",
            "with do not disturb",
            "notifications (turned off|silenced)",
        ),
        *(
            "out of (the )?office",
            "away from (my )?(desk|phone|the office)",
            "on (annual|maternity|parental|medical) leave",
        ),
        *(
            "sent (from|by) my car",
            "this (number|line|mailbox|inbox|phone) (is not|isn.?t) (monitored|checked)",
        ),
        *("(does not|doesn.?t|cannot|can.?t) (accept|receive) (incoming )?(texts?|sms|messages)",),
        *(
            "(we|i) (have |.ve )?received your (message|text)",
            "(i am|i.?m) (currently )?(in a meeting|unavailable|on vacation|on leave)",
        ),
        *(
            "thank(s| you) for (contacting|reaching out to|texting|messaging|calling) \\w",
            "unattended (mailbox|number)",
        ),
        *("(i.?ll|will) (get back to|call|text|reply to|respond to) you (when|once|as soon as|after) ",),
        *("our office (is|hours)", "we are (currently )?closed"),
        "(verification|security|one[- ]time|login|access) (pass)?code",
    ),
    "es": ("(respuesta|mensaje) autom[aá]tic[oa]", "fuera de (la )?oficina", "estoy (manejando|conduciendo)"),
    "fr": ("(r[ée]ponse|message) automatique", "absente? du bureau", "je conduis", "au volant"),
    "de": (
        "automatische (antwort|nachricht)",
        "abwesenheit",
        "nicht im b[üu]ro",
        "fahre gerade",
        "am steuer",
    ),
    "pt": ("(resposta|mensagem) autom[áa]tica", "fora do escrit[óo]rio", "estou (a )?(dirigindo|conduzir)"),
    "it": ("(risposta|messaggio) automatic[oa]", "fuori ufficio", "sto guidando", "sono alla guida"),
    "nl": ("automatisch (antwoord|bericht)", "niet op kantoor", "achter het stuur", "ik rijd nu"),
    "pl": ("automatyczna", "poza biurem", "prowadz[ęe] (teraz|samoch)"),
}

# What a mail program puts above a message it answers, with all that follows.
ORIGINALS = (
    *("-{2,} ?(original|forwarded|urspr|mensaje|message d|bericht|messaggio)", "on .{5,60} wrote:"),
    *(
        "el .{5,60} escribi[óo]:",
        "le .{5,60} a [ée]crit",
        "am .{5,60} schrieb",
        "from:.{1,80}\\n(sent|date|to):",
    ),
)
DEVICES = (
    *(
        "sent (from|via|by|using) ",
        "get outlook for ",
        "gesendet von ",
        "von meinem .{1,20} gesendet",
        "enviado (desde|de|do|por) ",
    ),
    *("envoy[ée] (de|depuis) ", "inviato da", "verzonden (vanaf|met) ", "wys[łl]ano z ", "sent w "),
)
# What a company's mail program puts below every message.
FOOTERS = (
    *("-- ?\\n", "_{5,}\\n", "(confidentiality|privacy|legal) (notice|statement|disclaimer)", "disclaimer:"),
    "(this|the (information|contents?) (in|of) this) (e-?mail|message)[^\\n]{0,60}(confidential|privileged)",
)
SIGN_OFFS = (
    *(
        "sincerely",
        "((best|kind|warm) )?regards",
        "best",
        "respectfully",
        "cheers",
        "yours( truly)?",
        "(many )?thanks",
    ),
    *(
        "thank you",
        "saludos",
        "atentamente",
        "gracias",
        "cordialement",
        "mit freundlichen gr[üu](ß|ss)en",
        "gr[üu](ß|ss)e",
        "danke",
    ),
    *(
        "atenciosamente",
        "obrigad[oa]",
        "cordiali saluti",
        "grazie",
        "met vriendelijke groet",
        "bedankt",
        "pozdrawiam",
    ),
)

_NO_FOOTER_BELOW = 25

Rows = tuple[str, ...]


def _any(rows: Rows | Mapping[str, Rows], before: str = "", after: str = "") -> re.Pattern[str]:
    listed = rows.values() if isinstance(rows, Mapping) else [rows]
    choices = "|".join(row for each in listed for row in each)
    return re.compile(f"{before}(?:{choices}){after}", re.IGNORECASE | re.DOTALL | re.MULTILINE)


_REACTION = _any(REACTIONS, r"\A[^\w“\"«„]{0,12}", r"[^\w“\"«„]{0,4}[“\"«„‘「](?P<rest>.*)\Z")
_ATTACHMENT = _any(REACTIONS, r"\A\W*", rf" an? (?:{'|'.join(_THINGS)})\Z")
_AUTOMATIC = _any(AUTOMATIC, r"(?<!\w)")
_ORIGINAL = _any(ORIGINALS, r"^", r".*\Z")
_FOOTER = _any(FOOTERS, r"(?<=\S)\s+", r".*\Z")
_DEVICE = _any(DEVICES, r"\(?\b", r"[^\n]{1,40}\Z")
_SIGN_OFF = _any(SIGN_OFFS, r"\n", r"[,.!]?(?:\n[^\n]{0,40}){0,3}\Z")
_QUOTED_LINE = re.compile(r"^>.{9,}$", re.MULTILINE)
_CLOSING_QUOTE = re.compile(r"[”\"»“]")
_LONG_QUOTE = re.compile(r"[“\"«„](?:[^\s”\"»“„]*\s){3}[^”\"»“„]*[”\"»“]")
_QUOTING_ONESELF = re.compile(
    r"\b(?:i|we)(?:['’]?ve)?\s(?:\w+\s){0,3}?(?:said|told|texted|asked|wrote|replied|say)\b|\bmeans?\b",
    re.IGNORECASE,
)
_QUOTES = frozenset('“”"«»„‘「')


def is_automatic(text: str) -> bool:
    """Whether a machine answered: out of office, driving, a mailbox that nobody reads."""
    return len(text) > 12 and _AUTOMATIC.search(text[:MOST_CHARACTERS]) is not None


def own_words(text: str) -> str:
    """What the person wrote: without reactions, quoted messages, and the lines a phone adds."""
    text = "\n".join(filter(None, map(str.strip, text[:MOST_CHARACTERS].splitlines())))
    if text.endswith(_THINGS) and _ATTACHMENT.match(text):
        return ""
    if not _QUOTES.isdisjoint(text):
        reaction = _REACTION.match(text)
        text = _behind_the_quote(reaction["rest"]) if reaction else _without_long_quotes(text)
    if "\n" in text or ">" in text:
        text = _SIGN_OFF.sub("", _QUOTED_LINE.sub("", _ORIGINAL.sub("", text)))
    text = _FOOTER.sub("", text) if len(text) > _NO_FOOTER_BELOW else text
    return _DEVICE.sub("", text) if any(mark in text for mark in "\n(-") else text


def _behind_the_quote(text: str) -> str:
    *_, rest = _CLOSING_QUOTE.split(text)
    return rest if _CLOSING_QUOTE.search(text) else ""


def _without_long_quotes(text: str) -> str:
    """Without what is quoted at length, unless they quote themselves or nothing else is there."""
    rest = _LONG_QUOTE.sub(" ", text)
    is_theirs = rest == text or _QUOTING_ONESELF.search(rest) or not any(map(str.isalnum, rest))
    return text if is_theirs else rest
