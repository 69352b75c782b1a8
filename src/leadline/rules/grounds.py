"""The grounds on which a reply is judged: what a phrase of the tables says, and what follows from it."""

from enum import StrEnum


class ReplyKind(StrEnum):
    """What a reply asks for, in the order of how much it matters."""

    OPT_OUT = "opt_out"
    OPT_OUT_REVIEW = "opt_out_review"
    OPT_IN = "opt_in"
    HELP = "help"
    NONE = "none"


class Ground(StrEnum):
    """What a phrase says. The tables in ``leadline.rules.phrases`` file each phrase under one of these."""

    # Enough for an opt-out.
    KEYWORD = "keyword"
    REQUEST = "request"
    REMOVAL = "removal"
    WITHDRAWAL = "withdrawal"
    REPEATED = "repeated"
    THREAT = "threat"
    # Enough for an opt-out when the message says nothing else; else a person looks at it.
    WEAK_KEYWORD = "weak_keyword"
    # A person looks at it.
    WRONG_PERSON = "wrong_person"
    DECLINE = "decline"
    SOURCE = "source"
    TOO_MUCH = "too_much"
    ANGER = "anger"
    HINTED = "hinted"
    # "Stop" at the edge of a sentence that nothing explains: it counts beside one of the six above.
    LOOSE_KEYWORD = "loose_keyword"
    # The other wishes.
    START = "start"
    YES = "yes"
    HELP = "help"
    # These change what stands beside them.
    ASKING = "asking"
    LIMIT = "limit"
    ASIDE = "aside"
    OBJECT = "object"
    JOKE = "joke"
    # Everyday language that holds such words: what it covers is not read again.
    ORDINARY = "ordinary"


OPT_OUT_GROUNDS = frozenset(
    {
        *(Ground.KEYWORD, Ground.REQUEST, Ground.REMOVAL),
        *(Ground.WITHDRAWAL, Ground.REPEATED, Ground.THREAT),
    }
)
REVIEW_GROUNDS = frozenset(
    {Ground.WRONG_PERSON, Ground.DECLINE, Ground.SOURCE, Ground.TOO_MUCH, Ground.ANGER, Ground.HINTED}
)
# These hide nothing of what they cover.
HINTS = REVIEW_GROUNDS | {
    Ground.LOOSE_KEYWORD,
    Ground.ASKING,
    Ground.LIMIT,
    Ground.ASIDE,
    Ground.OBJECT,
    Ground.JOKE,
    Ground.HELP,
}

# A person who decides about a reply reads these.
SENTENCES = {
    Ground.KEYWORD: "The message is a word for no more texts.",
    Ground.REQUEST: "It asks for no more texts.",
    Ground.REMOVAL: "It asks to be taken off the list.",
    Ground.WITHDRAWAL: "It withdraws the permission to text.",
    Ground.REPEATED: "It says that they asked before.",
    Ground.THREAT: "It announces a complaint or a block.",
    Ground.WEAK_KEYWORD: "It holds a word for no more texts that may mean something else here.",
    Ground.WRONG_PERSON: "The number may belong to somebody else.",
    Ground.DECLINE: "It declines the offer, and perhaps the texts.",
    Ground.SOURCE: "It questions why they are texted at all.",
    Ground.TOO_MUCH: "It wants fewer texts, or texts at other times.",
    Ground.ANGER: "It is angry, and perhaps about the texts.",
    Ground.HINTED: "It speaks of texts and of ending something.",
    Ground.LOOSE_KEYWORD: "It begins or ends with a word for no more texts, and may mean it.",
    Ground.START: "It asks to be texted again.",
    Ground.YES: "It is a yes from somebody who had opted out.",
    Ground.HELP: "It asks who texts, or for help with the texts.",
    Ground.ASKING: "It asks how to get no more texts.",
    Ground.LIMIT: "It asks for no texts at certain times or of certain kinds.",
    Ground.ASIDE: "It may speak of what somebody else should do.",
    Ground.OBJECT: "It may want to end something other than the texts.",
    Ground.ORDINARY: "Nothing in it asks for a change.",
}
