// While one types: how many texts it will be, what that costs, and which characters make it more.
import { count, plain } from './segments.js'

const form = document.getElementById('composer')
const field = document.getElementById('text')
const SHOWN_AT_MOST = 5

export function counted() {
  const { units, segments, room, forcing } = count(field.value)
  const texts = named(segments)
  document.getElementById('count').value = segments ? `${units}/${room} · ${texts}` : texts
  const cost = document.getElementById('cost')
  if (cost) cost.textContent = segments ? `, about ${price(segments)}` : ''
  showFix(segments, forcing)
}

function price(segments) {
  const total = Number(form.dataset.price) * segments
  return form.dataset.sign + total.toFixed(total < 1 ? 3 : 2)
}

/** What would make it fewer texts: plain characters, with one click, or to do without what has none. */
function showFix(segments, forcing) {
  const fixed = count(plain(field.value)).segments
  const without = count([...field.value].filter((each) => !forcing.includes(each)).join('')).segments
  const isFixable = fixed < segments
  const fix = document.getElementById('fix')
  const [words, button] = fix.children
  fix.hidden = !isFixable && without >= segments
  form.querySelector('.counter').classList.toggle('over', !fix.hidden)
  if (fix.hidden) return
  const culprits = isFixable ? forcing.filter((each) => plain(each) !== each) : forcing
  const shown = culprits.slice(0, SHOWN_AT_MOST).map(visible).join(' ')
  const than = isFixable ? `instead of ${fixed}` : `; without it would be ${named(without)}`
  words.textContent = `“${shown}” makes this ${named(segments)} ${than}.`.replace(' ;', ';')
  button.hidden = !isFixable
  button.textContent = culprits.length === 1 ? `Use “${plain(culprits[0])}”` : 'Use plain characters'
}

/** Spaces and what cannot be seen are named, by number if need be. */
function visible(character) {
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character
  return /\s/u.test(character) ? 'an odd space' : `U+${character.codePointAt(0).toString(16).toUpperCase()}`
}

function named(segments) {
  return `${segments} ${segments === 1 ? 'text' : 'texts'}`
}
