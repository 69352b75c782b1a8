// Moving through the list with keys.
import { addKeys } from './keys.js'

const rows = () => [...document.querySelectorAll('.rows a.row')].filter((row) => row.checkVisibility())

/** From where the focus is, or else from the conversation that is open. */
function step(by) {
  const all = rows()
  const open = all.findIndex((row) => row.ariaCurrent)
  const here = all.includes(document.activeElement) ? all.indexOf(document.activeElement) : open
  all[Math.min(Math.max(here + by, 0), all.length - 1)]?.focus()
}

/** Out of what one is in: a field first, then the conversation. What lies on top closes by itself. */
function leave(event) {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return
  const back = document.querySelector('.thread .back')
  if (event.target.matches('input, textarea')) event.target.blur()
  else if (back?.checkVisibility()) back.click()
  else (rows().find((row) => row.ariaCurrent) ?? rows()[0])?.focus()
}

if (document.querySelector('.rows')) {
  addKeys('Move', [
    ['j', 'Next conversation', () => step(1)],
    ['k', 'Previous conversation', () => step(-1)],
    ['Enter', 'Open it'],
    ['Esc', 'Back to the list'],
  ])
  document.addEventListener('keydown', leave)
}
