// How many texts a text takes, as the server counts them; here only so that the writer sees it while typing.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED = new Set('\f^{}\\[~]|€')
// What to write instead of characters that keep a text from the cheaper alphabet.
const INSTEAD = [
  ["'", '\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc`'],
  ['"', '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'],
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7'],
  ['<', '\u2039'],
  ['>', '\u203a'],
  ['/', '\u2044'],
  ['...', '\u2026'],
  ['1/4', '\u00bc'],
  ['1/2', '\u00bd'],
  ['3/4', '\u00be'],
  [' ', '\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  ['\n', '\u2028\u2029'],
  ['', '\u00ad\u200b\u2060\ufeff'],
]
const LOOK_ALIKES = new Map(INSTEAD.flatMap(([plain, strange]) => [...strange].map((each) => [each, plain])))
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Units used, segments, and the characters that keep the text from the cheaper alphabet. */
export function count(text) {
  const forcing = [...new Set([...text].filter((each) => !BASIC.has(each) && !EXTENDED.has(each)))]
  const sizes = forcing.length
    ? Array.from(graphemes.segment(text), ({ segment }) => segment.length)
    : Array.from(text, (each) => (EXTENDED.has(each) ? 2 : 1))
  const [alone, several] = forcing.length ? [70, 67] : [160, 153]
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const segments = units > alone ? packed(sizes, several) : text ? 1 : 0
  return { units, segments, room: segments > 1 ? segments * several : alone, forcing }
}

/** The text with curly quotes, dashes and odd spaces made plain. */
export function plain(text) {
  return Array.from(text, (each) => LOOK_ALIKES.get(each) ?? each).join('')
}

/** Pieces are placed in order and never cut, but for a pile of marks that is longer than a segment. */
function packed(sizes, room) {
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used && used + size > room) {
      segments += 1
      used = 0
    }
    used += size
    if (used > room) {
      segments += Math.floor((used - 1) / room)
      used = ((used - 1) % room) + 1
    }
  }
  return segments
}
