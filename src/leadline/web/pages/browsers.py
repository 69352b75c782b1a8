"""What a browser says it is, in words that its owner knows it by."""

# The first that is in the header counts: most browsers also claim to be the ones further down.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_named(header: str | None) -> str:
    """A short name for a User-Agent header.

    >>> browser_named("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Linux'
    """
    said = header or ""
    browser = next((name for part, name in BROWSERS if part in said), None)
    system = next((name for part, name in SYSTEMS if part in said), None)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Not known"
