// How many texts a text takes, as the server counts them; here only so that the writer sees it while typing.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED = new Set('\f^{}\\[~]|€')
const LOOK_ALIKES = new Map([
  ['‘', "'"], ['’', "'"], ['“', '"'], ['”', '"'], ['–', '-'], ['—', '-'], ['…', '...'], ['\u00a0', ' '], ['\u202f', ' '],
])
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

function packed(sizes, room) {
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > room) {
      segments += 1
      used = 0
    }
    used += size
  }
  return segments
}
