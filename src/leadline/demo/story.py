"""Who is in the demo and what they wrote: an invented roofer, twelve invented leads.

The numbers are from the 555-01xx range, which is kept free for fiction. Times are told as people would:
``day(3, "14:05")`` is five past two, three days ago.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

BUSINESS = "Harbor Roofing & Solar"
TEAM = (("Alice Moreno", "alice@example.com", "admin"), ("Bob Lindqvist", "bob@example.com", "agent"))
ALICE, BOB = range(len(TEAM))


@dataclass(frozen=True, slots=True)
class Ago:
    """A moment of before: so many days ago at that time of day, or so many minutes ago."""

    days: int = 0
    time_of_day: str = ""
    minutes: int = 0

    def before(self, now: datetime) -> datetime:
        """The moment itself; days are those of ``now``'s zone."""
        if not self.time_of_day:
            return now - timedelta(minutes=self.minutes)
        hour, minute = map(int, self.time_of_day.split(":"))
        return now.replace(hour=hour, minute=minute, second=0, microsecond=0) - timedelta(days=self.days)


def day(days: int, time_of_day: str) -> Ago:
    """That time of day, so many days ago."""
    return Ago(days=days, time_of_day=time_of_day)


def minutes(count: int) -> Ago:
    """So many minutes ago."""
    return Ago(minutes=count)


@dataclass(frozen=True, slots=True)
class Ours:
    """A text of ours, and the last that Twilio reported of it."""

    at: Ago
    body: str
    by: int = ALICE
    status: str = "delivered"
    error_code: int = 0


@dataclass(frozen=True, slots=True)
class Theirs:
    """A text of the lead's; ``picture`` is the name of a file beside this one."""

    at: Ago
    body: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A lead and all that was said. ``phone_is`` is what the simulator's handset does with texts."""

    name: str
    phone: str
    stage: str
    owner: int
    company: str | None = None
    email: str | None = None
    time_zone: str = "America/New_York"
    fields: Mapping[str, str] = field(default_factory=dict)
    said: tuple[Ours | Theirs, ...] = ()
    phone_is: str = "on"


PEOPLE: tuple[Person, ...] = (
    Person(
        "Lena Park",
        "+16175550142",
        "qualified",
        ALICE,
        email="lena.park@example.com",
        fields={"town": "Quincy", "roof_age": "19 years", "source": "website"},
        said=(
            Ours(
                day(3, "10:12"),
                "Hi Lena, this is Alice from Harbor Roofing & Solar. Thanks for asking about your roof. "
                "When is a good time to talk? Reply STOP to opt out.",
            ),
            Theirs(day(3, "10:31"), "Hi Alice! Any day after 4 works"),
            Ours(day(3, "10:33"), "Great. Shall I call you tomorrow at 4:30?"),
            Theirs(day(3, "10:34"), "Yes, perfect"),
            Ours(day(2, "16:58"), "Good talking to you. Could you send me a picture of the part that leaks?"),
            Theirs(day(2, "18:20"), "This is above the garage, it gets worse every winter", "roof.jpg"),
            Ours(
                day(1, "09:05"), "Thank you, that helps. That is the flashing, not the shingles: good news."
            ),
            Theirs(minutes(42), "Oh good! So what would that cost, roughly?"),
        ),
    ),
    Person(
        "Marcus Bell",
        "+17815550117",
        "demo",
        BOB,
        company="Bell & Sons Bakery",
        email="marcus@bellbakery.example",
        fields={"town": "Hingham", "roof_age": "8 years", "source": "referral"},
        said=(
            Theirs(day(4, "08:47"), "Saw your van at the neighbors. Do you do flat roofs too, with solar?"),
            Ours(day(4, "09:02"), "We do both, Marcus. How large is the roof, about?", BOB),
            Theirs(day(4, "09:10"), "60 by 40. Oven bills are killing us 😅"),
            Ours(day(4, "09:15"), "Then it is worth a look. Can Bob stop by Friday at 2 pm?", BOB),
            Theirs(day(4, "09:16"), "Friday 2 works. Use the side door"),
            Ours(
                day(1, "11:30"),
                "Hi Marcus, your demo with Harbor Roofing & Solar is set for Friday, 2 pm. "
                "Reply here if you need another time.",
                BOB,
            ),
        ),
    ),
    Person(
        "Priya Natarajan",
        "+18575550163",
        "contacted",
        ALICE,
        fields={"town": "Dorchester", "roof_age": "31 years", "source": "fair"},
        said=(
            Ours(
                day(5, "13:20"),
                "Hi Priya, Alice from Harbor Roofing & Solar. We met at the home fair. Do you still want the "
                "free inspection? Reply STOP to opt out.",
            ),
            Theirs(day(5, "15:02"), "We went with another company, sorry"),
            Ours(day(5, "15:05"), "Thanks for telling me. All the best with the new roof!"),
            Theirs(day(5, "15:06"), "STOP"),
        ),
    ),
    Person(
        "Tom Okafor",
        "+15085550108",
        "contacted",
        BOB,
        company="Okafor Properties",
        fields={"town": "Plymouth", "source": "list of last year"},
        said=(
            Ours(
                day(2, "14:41"),
                "Hi Tom, Bob from Harbor Roofing & Solar. We inspected two of your houses last year. "
                "Shall we come again this spring? Reply STOP to opt out.",
                BOB,
                "undelivered",
                30003,
            ),
        ),
        phone_is="off",
    ),
    Person(
        "Greta Holm",
        "+13395550131",
        "new",
        ALICE,
        fields={"town": "Scituate", "source": "website"},
        said=(
            Ours(
                day(1, "15:18"),
                "Hi Greta, this is Alice from Harbor Roofing & Solar. Thanks for your interest. "
                "When is a good time to talk? Reply STOP to opt out.",
                ALICE,
                "undelivered",
                30005,
            ),
        ),
    ),
    Person(
        "Daniel Reyes",
        "+16175550188",
        "qualified",
        BOB,
        email="d.reyes@example.com",
        fields={"town": "Milton", "roof_age": "12 years", "source": "website"},
        said=(
            Ours(day(6, "09:40"), "Hi Daniel, your quote is in your mail. Any questions? Bob", BOB),
            Theirs(day(6, "12:15"), "Got it, thanks. Talking to my wife tonight"),
            Ours(day(2, "10:00"), "Hi Daniel, have you two had a chance to look at the quote? Bob", BOB),
            Theirs(
                minutes(11),
                "We have! Two things: is the old roof removal included, and how long is the wait?",
            ),
        ),
    ),
    Person(
        "Sofia Almeida",
        "+17745550154",
        "won",
        ALICE,
        fields={"town": "Duxbury", "roof_age": "new", "source": "referral"},
        said=(
            Ours(day(6, "16:25"), "Hi Sofia, the crew is done and the site is clean. Everything all right?"),
            Theirs(day(6, "17:50"), "Looks beautiful! Obrigada a todos 🙏"),
            Ours(
                day(6, "17:55"),
                "Thank you for your time today, Sofia. Questions? Just reply. "
                "Alice from Harbor Roofing & Solar",
            ),
        ),
    ),
    Person(
        "Walter Cho",
        "+19785550126",
        "contacted",
        BOB,
        fields={"town": "Salem", "roof_age": "24 years", "source": "fair"},
        said=(
            Ours(
                day(1, "10:44"),
                "Hi Walter, Bob from Harbor Roofing & Solar again. Do you have any questions we can answer? "
                "Reply STOP to opt out.",
                BOB,
            ),
        ),
    ),
    Person("Ines Duarte", "+13515550139", "new", ALICE, fields={"town": "Lowell", "source": "website"}),
    Person(
        "Ray Kowalski",
        "+14135550172",
        "new",
        BOB,
        company="Kowalski Auto Body",
        fields={"town": "Springfield", "source": "referral"},
    ),
    Person(
        "June Abbott",
        "+16035550195",
        "lost",
        BOB,
        fields={"town": "Nashua", "source": "list of last year"},
    ),
    Person(
        "Omar Haddad",
        "+12075550160",
        "new",
        ALICE,
        email="omar@example.com",
        fields={"town": "Portland", "roof_age": "15 years", "source": "website"},
    ),
)
