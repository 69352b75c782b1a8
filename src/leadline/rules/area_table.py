"""Where area codes, states and ZIP codes are, and by which clocks, as tables.

An area code stands in every row it may belong to, and a row names every clock that its people may live by,
so that a lookup errs by too many zones and never by too few. Sources: https://www.nanpa.com/area-codes,
https://www.ecfr.gov/current/title-49/part-71 (the zones' borders), USPS Publication 65 (ZIP prefixes). An
area code that is not here, being new, is somewhere in the country.
"""

from typing import NamedTuple


class Area(NamedTuple):
    """Part of a country, as in ISO 3166-2: its area codes that share these IANA zones."""

    area: str
    zones: str
    codes: str


_EAST, _CENTRAL, _MOUNTAIN, _WEST = (
    *("America/New_York", "America/Chicago"),
    *("America/Denver", "America/Los_Angeles"),
)
_INDIANA, _DETROIT, _BOISE, _PHOENIX = (
    *("America/Indiana/Indianapolis", "America/Detroit"),
    *("America/Boise", "America/Phoenix"),
)

UNITED_STATES: tuple[Area, ...] = (
    Area("US-AL", _CENTRAL, "205 251 256 334 659 938"),
    Area("US-AK", "America/Anchorage America/Adak", "907"),
    Area("US-AZ", _PHOENIX, "480 520 602 623"),
    Area("US-AZ", f"{_PHOENIX} {_MOUNTAIN}", "928"),  # The Navajo Nation changes its clocks.
    Area("US-AR", _CENTRAL, "327 479 501 870"),
    Area(
        "US-CA",
        _WEST,
        "209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 "
        "738 747 760 805 818 820 831 837 840 858 909 916 925 949 951",
    ),
    Area("US-CO", _MOUNTAIN, "303 719 720 748 970 983"),
    Area("US-CT", _EAST, "203 475 860 959"),
    Area("US-DE", _EAST, "302"),
    Area("US-DC", _EAST, "202 771"),
    Area(
        "US-FL",
        _EAST,
        "239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954",
    ),
    Area("US-FL", f"{_EAST} {_CENTRAL}", "448 850"),
    Area("US-GA", _EAST, "229 404 470 478 678 706 762 770 912 943"),
    Area("US-HI", "Pacific/Honolulu", "808"),
    Area("US-ID", f"{_BOISE} {_WEST}", "208 986"),
    Area(
        "US-IL",
        _CENTRAL,
        "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872",
    ),
    Area("US-IN", _INDIANA, "260 317 463 765"),
    Area("US-IN", f"{_INDIANA} {_CENTRAL}", "219 574 812 930"),
    Area("US-IA", _CENTRAL, "319 515 563 641 712"),
    Area("US-KS", _CENTRAL, "316 913"),
    Area("US-KS", f"{_CENTRAL} {_MOUNTAIN}", "620 785"),
    Area("US-KY", _EAST, "502 859"),
    Area("US-KY", f"{_EAST} {_CENTRAL}", "270 364 606"),
    Area("US-LA", _CENTRAL, "225 318 337 504 985"),
    Area("US-ME", _EAST, "207"),
    Area("US-MD", _EAST, "227 240 301 410 443 667"),
    Area("US-MA", _EAST, "339 351 413 508 617 774 781 857 978"),
    Area("US-MI", _DETROIT, "231 248 269 313 517 586 616 679 734 810 947 989"),
    Area("US-MI", f"{_DETROIT} {_CENTRAL}", "906"),
    Area("US-MN", _CENTRAL, "218 320 507 612 651 763 924 952"),
    Area("US-MS", _CENTRAL, "228 601 662 769"),
    Area("US-MO", _CENTRAL, "235 314 417 557 573 636 660 816 975"),
    Area("US-MT", _MOUNTAIN, "406"),
    Area("US-NE", _CENTRAL, "402 531"),
    Area("US-NE", f"{_CENTRAL} {_MOUNTAIN}", "308"),
    Area("US-NV", _WEST, "702 725"),
    Area("US-NV", f"{_WEST} {_MOUNTAIN}", "775"),
    Area("US-NH", _EAST, "603"),
    Area("US-NJ", _EAST, "201 551 609 640 732 848 856 862 908 973"),
    Area("US-NM", _MOUNTAIN, "505 575"),
    Area(
        "US-NY",
        _EAST,
        "212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934",
    ),
    Area("US-NC", _EAST, "252 336 472 704 743 828 910 919 980 984"),
    Area("US-ND", f"{_CENTRAL} {_MOUNTAIN}", "701"),
    Area("US-OH", _EAST, "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937"),
    Area("US-OK", _CENTRAL, "405 539 572 580 918"),
    Area("US-OR", _WEST, "503 971"),
    Area("US-OR", f"{_WEST} {_BOISE}", "458 541"),
    Area("US-PA", _EAST, "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878"),
    Area("US-RI", _EAST, "401"),
    Area("US-SC", _EAST, "803 821 839 843 854 864"),
    Area("US-SD", f"{_CENTRAL} {_MOUNTAIN}", "605"),
    Area("US-TN", _CENTRAL, "615 629 731 901 931"),
    Area("US-TN", _EAST, "865"),
    Area("US-TN", f"{_EAST} {_CENTRAL}", "423 729"),
    Area(
        "US-TX",
        _CENTRAL,
        "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945 "
        "956 972 979",
    ),
    Area("US-TX", _MOUNTAIN, "915"),
    Area("US-UT", _MOUNTAIN, "385 435 801"),
    Area("US-VT", _EAST, "802"),
    Area("US-VA", _EAST, "276 434 540 571 686 703 757 804 826 948"),
    Area("US-WA", _WEST, "206 253 360 425 509 564"),
    Area("US-WV", _EAST, "304 681"),
    Area("US-WI", _CENTRAL, "262 274 353 414 534 608 715 920"),
    Area("US-WY", _MOUNTAIN, "307"),
    Area("US-PR", "America/Puerto_Rico", "787 939"),
    Area("US-VI", "America/St_Thomas", "340"),
    Area("US-GU", "Pacific/Guam", "671"),
    Area("US-MP", "Pacific/Saipan", "670"),
    Area("US-AS", "Pacific/Pago_Pago", "684"),
)

CANADA: tuple[Area, ...] = (
    Area("CA-AB", "America/Edmonton", "368 403 587 780 825"),
    Area("CA-BC", "America/Vancouver", "604"),
    Area(
        "CA-BC",
        "America/Vancouver America/Edmonton America/Creston America/Fort_Nelson",
        "236 250 257 672 778",
    ),
    Area("CA-MB", "America/Winnipeg", "204 431 584"),
    Area("CA-NB", "America/Moncton", "428 506"),
    Area("CA-NL", "America/St_Johns America/Goose_Bay", "709 879"),
    Area("CA-NS", "America/Halifax", "782 902"),
    Area("CA-PE", "America/Halifax", "782 902"),
    Area("CA-NT", "America/Yellowknife America/Inuvik", "867"),
    Area("CA-NU", "America/Iqaluit America/Rankin_Inlet America/Resolute America/Cambridge_Bay", "867"),
    Area("CA-YT", "America/Whitehorse", "867"),
    Area(
        "CA-ON",
        "America/Toronto",
        "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942",
    ),
    Area("CA-ON", "America/Toronto America/Winnipeg America/Atikokan", "807"),
    Area("CA-QC", "America/Toronto", "263 273 354 438 450 468 514 579 819 873"),
    Area("CA-QC", "America/Toronto America/Halifax America/Blanc-Sablon", "367 418 581"),
    # Towns at the borders live by their neighbours' clocks.
    Area("CA-SK", "America/Regina America/Edmonton America/Winnipeg", "306 474 639"),
)

AREAS: tuple[Area, ...] = UNITED_STATES + CANADA

# No hour of the day suits both New York and Guam, so who may be anywhere in the country is taken to be in
# a state, in Puerto Rico or in the Virgin Islands.
FAR_AWAY = frozenset({"US-GU", "US-MP", "US-AS"})


class Zip(NamedTuple):
    """Prefixes, as ranges of three digits or whole; ``zones`` where they say more than the state does."""

    area: str
    prefixes: str
    zones: str = ""


ZIPS: tuple[Zip, ...] = (
    Zip("US-AL", "350-352 354-369"),
    Zip("US-AK", "995-999"),
    Zip("US-AZ", "850-853 855-857 863-864", _PHOENIX),
    Zip("US-AZ", "859-860 865"),
    Zip("US-AR", "716-729"),
    Zip("US-CA", "900-908 910-928 930-961"),
    Zip("US-CO", "800-816"),
    Zip("US-CT", "060-069"),
    Zip("US-DE", "197-199"),
    Zip("US-DC", "200 202-205 569"),
    Zip("US-FL", "320-323 326-342 344 346-347 349", _EAST),
    Zip("US-FL", "324", f"{_EAST} {_CENTRAL}"),
    Zip("US-FL", "325", _CENTRAL),
    Zip("US-GA", "300-319 398-399"),
    Zip("US-HI", "967-968"),
    Zip("US-ID", "832-838"),
    Zip("US-IL", "600-620 622-629"),
    Zip("US-IN", "460-462", _INDIANA),
    Zip("US-IN", "463-479"),
    Zip("US-IA", "500-516 520-528"),
    Zip("US-KS", "660-662 664-679"),
    Zip("US-KY", "400-418 420-427"),
    Zip("US-LA", "700-701 703-708 710-714"),
    Zip("US-ME", "039-049"),
    Zip("US-MD", "206-212 214-219"),
    Zip("US-MA", "010-027 055"),
    Zip("US-MI", "480-497", _DETROIT),
    Zip("US-MI", "498-499"),
    Zip("US-MN", "550-551 553-567"),
    Zip("US-MS", "386-397"),
    Zip("US-MO", "630-631 633-641 644-658"),
    Zip("US-MT", "590-599"),
    Zip("US-NE", "680-681 683-693"),
    Zip("US-NV", "889-891 893-895 897", _WEST),
    Zip("US-NV", "898"),
    Zip("US-NH", "030-038"),
    Zip("US-NJ", "070-089"),
    Zip("US-NM", "870-871 873-875 877-884"),
    Zip("US-NY", "005 100-149"),
    Zip("US-NC", "270-289"),
    Zip("US-ND", "580-588"),
    Zip("US-OH", "430-459"),
    Zip("US-OK", "730-731 734-741 743-749"),
    Zip("US-OR", "970-978", _WEST),
    Zip("US-OR", "979"),
    Zip("US-PA", "150-196"),
    Zip("US-PR", "006-007 009"),
    Zip("US-VI", "008"),
    Zip("US-RI", "028-029"),
    Zip("US-SC", "290-299"),
    Zip("US-SD", "570-577"),
    Zip("US-TN", "370-385"),
    Zip("US-TX", "733 750-797", _CENTRAL),
    Zip("US-TX", "798", f"{_CENTRAL} {_MOUNTAIN}"),
    Zip("US-TX", "799 885", _MOUNTAIN),
    Zip("US-UT", "840-847"),
    Zip("US-VT", "050-054 056-059"),
    Zip("US-VA", "201 220-246"),
    Zip("US-WA", "980-986 988-994"),
    Zip("US-WV", "247-268"),
    Zip("US-WI", "530-532 534-535 537-549"),
    Zip("US-WY", "820-831"),
    Zip("US-GU", "969"),
    Zip("US-AS", "96799"),
)
