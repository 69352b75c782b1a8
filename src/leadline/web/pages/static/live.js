// Live update: the server sends the parts of the page that have changed; nothing here asks without need.
import { showCounts, showRows } from './list.js'
import { say } from './said.js'
import { showTexts } from './thread.js'
import { morphChildren, parsed, showNotice } from './update.js'

const address = document.body.dataset.live
const lost = document.getElementById('lost')
const LOST_AFTER = 5000
// A proxy may keep events back for ever. Without the first one in this time the page asks, until one comes.
const HELLO_WITHIN = 10_000
const ASK_EVERY = 5000
const RETRY_AFTER = 15_000
const READ = document.getElementById('composer')?.getAttribute('action').replace(/messages(\?.*)?$/, 'read')
const GONE = `<div class="banner warn" role="note" data-closed><strong>This conversation is not yours any more</strong>
  <p>It was given to somebody else. <a href="/">Back to the list</a></p></div>`
let source = null
let seen = null
let patience = 0
let hello = 0
let asking = 0
let retry = 0

const PLACES = {
  rows: (markup) => showRows(items(markup)),
  views: (markup) => showCounts({ views: markup }),
  needs: (markup) => showCounts({ needs: markup }),
  head: (markup) => morphInto('head', markup),
  lead: (markup) => morphInto('lead', markup),
  presence: showPresence,
  notice: (markup) => showNotice(parsed(markup).body),
  texts: showNews,
}

/** Bring these parts of the page up to date. */
export function show(parts) {
  for (const [name, markup] of Object.entries(parts)) PLACES[name]?.(markup)
}

function open() {
  const url = new URL(address, location.href)
  if (seen) url.searchParams.set('seen', seen)
  source = new EventSource(url)
  clearTimeout(hello)
  hello = setTimeout(ask, HELLO_WITHIN)
  source.addEventListener('hello', connected)
  source.addEventListener('gone', gone)
  source.addEventListener('error', () => {
    patience ||= setTimeout(() => { lost.hidden = false }, LOST_AFTER)
    // A browser comes back by itself after a lost connection, but not after an answer it did not like, whose
    // reason only asking tells.
    if (source.readyState !== EventSource.CLOSED) return
    retry = setTimeout(open, RETRY_AFTER)
    ask()
  })
  source.addEventListener('message', (event) => {
    seen = event.lastEventId
    show(JSON.parse(event.data))
  })
}

function connected() {
  for (const timer of [patience, hello, asking]) clearTimeout(timer)
  patience = 0
  lost.hidden = true
}

/** What events would have told, once, and again after a while. */
async function ask() {
  for (const timer of [hello, asking]) clearTimeout(timer)
  const url = new URL(address, location.href)
  if (seen) url.searchParams.set('seen', seen)
  const answer = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => null)
  if (answer?.status === 404) return gone()
  if (answer?.ok && !answer.redirected) {
    const now = await answer.json()
    seen = now.seen
    show(now.parts)
    lost.hidden = true
  }
  if (!document.hidden) asking = setTimeout(ask, ASK_EVERY)
}

/** The conversation was given to others: what stands here may still be read, and nothing more comes. */
function gone() {
  close()
  document.dispatchEvent(new Event('gone'))
  showNotice(parsed(GONE).body)
  say('This conversation is not yours any more')
}

function close() {
  source?.close()
  for (const timer of [patience, hello, asking, retry]) clearTimeout(timer)
  patience = 0
}

function showNews(markup) {
  const theirs = showTexts(items(markup))
  if (!theirs.length) return
  say(theirs.at(-1).querySelector('h3')?.textContent)
  if (READ) fetch(READ, { method: 'POST', keepalive: true }).catch(() => {})
}

function showPresence(markup) {
  const place = document.getElementById('presence')
  if (!place) return
  const before = place.textContent.trim()
  morphChildren(place, parsed(markup).body)
  const now = place.querySelector('.writing > :last-child')?.textContent ?? ''
  if (now.endsWith('is writing') && !before.includes(now)) say(now)
}

function morphInto(id, markup) {
  const place = document.getElementById(id)
  if (!place) return
  const focused = document.activeElement?.id
  morphChildren(place, parsed(markup).body)
  // What stands elsewhere now takes the focus along, or who types would have to look for the field again.
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true })
}

function items(markup) {
  return [...parsed(`<ol>${markup}</ol>`).body.firstElementChild.children]
}

// Browsers allow six connections to one server, so a page that nobody looks at gives its own back.
if (address) {
  if (!document.hidden) open()
  document.addEventListener('visibilitychange', () => {
    close()
    if (!document.hidden) open()
  })
}
