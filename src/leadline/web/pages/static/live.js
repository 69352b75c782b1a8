// Live update: the server sends what has changed; nothing here asks twice or speaks without need.
import { showCounts, showRows } from './list.js'
import { showTexts } from './thread.js'
import { parsed, showNotice } from './update.js'

const address = document.body.dataset.live
const lost = document.getElementById('lost')
const said = document.getElementById('said')
const LOST_AFTER = 5000
const RETRY_AFTER = 15_000
const READ = document.getElementById('composer')?.getAttribute('action').replace(/messages(\?.*)?$/, 'read')
let source = null
let seen = null
let patience = 0
let retry = 0

function open() {
  const url = new URL(address, location.href)
  if (seen) url.searchParams.set('seen', seen)
  source = new EventSource(url)
  source.addEventListener('open', () => {
    clearTimeout(patience)
    patience = 0
    lost.hidden = true
  })
  source.addEventListener('error', () => {
    patience ||= setTimeout(() => { lost.hidden = false }, LOST_AFTER)
    // A browser comes back by itself after a lost connection, but not after an answer it did not like.
    if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_AFTER)
  })
  source.addEventListener('message', (event) => {
    seen = event.lastEventId
    show(JSON.parse(event.data))
  })
}

function show(parts) {
  showRows(items(parts.rows))
  showCounts(parts)
  if (parts.texts === undefined) return
  const theirs = showTexts(items(parts.texts))
  showNotice(parsed(parts.notice).body)
  if (!theirs.length) return
  said.textContent = theirs.at(-1).querySelector('h3').textContent
  if (READ) fetch(READ, { method: 'POST', keepalive: true })
}

function items(markup) {
  return [...parsed(`<ol>${markup}</ol>`).body.firstElementChild.children]
}

// Browsers allow six connections to one server, so a page that nobody looks at gives its own back.
if (address) {
  if (!document.hidden) open()
  document.addEventListener('visibilitychange', () => {
    source?.close()
    clearTimeout(patience)
    clearTimeout(retry)
    patience = 0
    if (!document.hidden) open()
  })
}
