// What this browser prefers, kept where the server sees it before it renders a page.
const YEAR = 31_536_000

/** Keep a preference for a year; an empty one is forgotten. */
export function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${value ? YEAR : 0}; samesite=lax`
}
