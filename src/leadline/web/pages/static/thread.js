// The texts: they open at the newest one, and never move under somebody who reads above.
import { parsed, reconcile } from './update.js'

const scroller = document.getElementById('scroll')
const texts = document.getElementById('texts')
const newer = document.getElementById('newer')
const NEAR = 48
// So close to an end what lies beyond is fetched, before anybody comes there.
const SOON = 800
let missed = 0

export function toEnd() {
  scroller.scrollTop = scroller.scrollHeight
  look()
}

/** Show these items of the newest page; returns the new ones that the other side wrote. */
export function showTexts(fresh) {
  if (!texts) return []
  const wasAtEnd = atEnd()
  // The day may have begun on an older page that is shown too.
  const items = fresh[0]?.matches('.day') && document.getElementById(fresh[0].id) ? fresh.slice(1) : fresh
  const isGap = texts.children.length > 0 && items.length > 0 && !items.some((item) => document.getElementById(item.id))
  if (isGap) location.reload()
  const theirs = reconcile(texts, items).filter((item) => item.matches('.in'))
  scroller.querySelector('.empty')?.toggleAttribute('hidden', texts.children.length > 0)
  if (wasAtEnd) toEnd()
  else missed += theirs.length
  showMissed()
  countDown()
  return theirs
}

function atEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR
}

function showMissed() {
  newer.hidden = missed === 0
  newer.firstElementChild.textContent = `${missed} new`
}

/** At the end everything there is has been seen; what a colleague wrote before that is not crossed. */
function look() {
  if (!atEnd()) return
  missed = 0
  showMissed()
  const seen = document.getElementById('composer')?.elements.seen
  const last = [...texts.querySelectorAll('[id^="text-"]')].at(-1)
  if (seen && last) seen.value = Math.max(seen.value, last.id.slice('text-'.length))
}

/** Fetch the page beside this one and put it there. What is read stays where it is. */
async function extend(link, isOlder) {
  if (link.hidden || link.ariaBusy === 'true') return
  link.ariaBusy = 'true'
  const answer = await fetch(link.firstElementChild.href).catch(() => null)
  link.ariaBusy = 'false'
  if (!answer?.ok) return
  const page = parsed(await answer.text())
  const items = [...page.getElementById('texts').children].map((item) => document.importNode(item, true))
  keepingPlace(() => (isOlder ? prepend(items) : append(items)))
  const next = page.getElementById(link.id)
  link.firstElementChild.href = next.firstElementChild.href
  link.hidden = next.hidden
}

function prepend(items) {
  const first = texts.firstElementChild
  if (first?.matches('.day') && items.some((item) => item.id === first.id)) first.remove()
  texts.prepend(...items)
}

function append(items) {
  texts.append(...items.filter((item) => !document.getElementById(item.id)))
}

function keepingPlace(change) {
  const reading = [...texts.children].find((item) => item.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top && !item.matches('.day'))
  const before = reading?.getBoundingClientRect().top
  // Some browsers keep the place themselves; both would be too much.
  scroller.classList.add('held')
  change()
  if (reading) scroller.scrollTop += reading.getBoundingClientRect().top - before
  requestAnimationFrame(() => scroller.classList.remove('held'))
}

function extendSoon() {
  if (scroller.scrollTop < SOON) extend(document.getElementById('earlier'), true)
  const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
  if (below < SOON) extend(document.getElementById('later-texts'), false)
}

// A text that leaves in some seconds counts them down in its mark.
const leaves = new WeakMap()
let ticking = 0

function countDown() {
  const waiting = [...texts.querySelectorAll('[data-seconds]')]
  for (const text of waiting) {
    if (!leaves.has(text)) leaves.set(text, performance.now() + text.dataset.seconds * 1000)
    const left = Math.ceil((leaves.get(text) - performance.now()) / 1000)
    text.querySelector('.state span').textContent = left > 0 ? `Sends in ${left} s` : 'Sending'
    if (left <= 0) for (const form of text.querySelectorAll('.meta form')) form.hidden = true
  }
  if (waiting.length && !ticking) ticking = setInterval(countDown, 1000)
  if (!waiting.length) {
    clearInterval(ticking)
    ticking = 0
  }
}

if (texts) {
  const around = document.getElementById(texts.dataset.around)
  const isNewest = !['before', 'since', 'around'].some((name) => new URLSearchParams(location.search).has(name))
  if (around) around.scrollIntoView({ block: 'center' })
  else if (isNewest) toEnd()
  countDown()
  extendSoon()
  scroller.addEventListener('scroll', () => {
    look()
    extendSoon()
  }, { passive: true })
  if (isNewest) {
    newer.addEventListener('click', (event) => {
      event.preventDefault()
      toEnd()
    })
  }
  // A picture that arrives late must not push the newest text out of sight.
  texts.addEventListener('load', () => { if (missed === 0 && atEnd()) toEnd() }, true)
}
