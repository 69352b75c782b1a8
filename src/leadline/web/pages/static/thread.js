// The texts: they open at the newest one, and never move under somebody who reads above.
import { reconcile } from './update.js'

const scroller = document.getElementById('scroll')
const texts = document.getElementById('texts')
const newer = document.getElementById('newer')
const NEAR = 48
let missed = 0

export function toEnd() {
  scroller.scrollTop = scroller.scrollHeight
}

/** Show these items; returns the new ones that the other side wrote. */
export function showTexts(fresh) {
  if (!texts) return []
  const wasAtEnd = atEnd()
  const theirs = reconcile(texts, fresh).filter((item) => item.matches('.in'))
  scroller.querySelector('.empty')?.toggleAttribute('hidden', texts.children.length > 0)
  if (wasAtEnd) toEnd()
  else missed += theirs.length
  showMissed()
  return theirs
}

function atEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR
}

function showMissed() {
  newer.hidden = missed === 0
  newer.firstElementChild.textContent = `${missed} new`
}

if (texts) {
  if (!new URLSearchParams(location.search).has('before')) toEnd()
  scroller.addEventListener('scroll', () => {
    if (!atEnd()) return
    missed = 0
    showMissed()
  }, { passive: true })
  newer.addEventListener('click', (event) => {
    event.preventDefault()
    toEnd()
  })
  // A picture that arrives late must not push the newest text out of sight.
  texts.addEventListener('load', () => { if (missed === 0 && atEnd()) toEnd() }, true)
}
