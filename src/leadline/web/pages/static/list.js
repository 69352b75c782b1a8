// The list: older rows come while one scrolls, and what is looked at stays in its place.
import { parsed, reconcile } from './update.js'

const rows = document.getElementById('rows')
const scroller = document.getElementById('list')
const more = document.getElementById('more')
const KEPT = `list:${rows?.dataset.view}`
// A page further down than this is not brought back: it would take as many questions as pages.
const PAGES_AT_MOST = 10
let isLoading = false
let waiting = null

/**
 * Show the first page as it is now. A row moves or goes only while nobody is about to choose one; till then the
 * head says how many would.
 */
export function showRows(fresh) {
  if (!rows) return
  const isQuiet = !rows.matches(':hover, :focus-within')
  waiting = isQuiet ? null : fresh
  reconcile(rows, fresh, { mayMove: isQuiet })
  const ids = new Set(fresh.map((item) => item.id))
  const gone = [...rows.children].filter((item) => !ids.has(item.id) && !isBeyond(item, fresh))
  if (isQuiet) for (const item of gone) item.remove()
  scroller.querySelector('.empty').hidden = rows.children.length > 0
  showMoved(isQuiet ? 0 : moved(fresh))
}

/** How many rows stand lower than they should. */
function moved(fresh) {
  const shown = [...rows.children].map((row) => row.id)
  const wanted = fresh.map((row) => row.id).filter((id) => shown.includes(id))
  const left = shown.filter((id) => wanted.includes(id))
  let count = 0
  for (const id of wanted) {
    const at = left.indexOf(id)
    if (at > 0) count += 1
    left.splice(at, 1)
  }
  return count
}

function showMoved(count) {
  const place = document.getElementById('moved')
  if (!place) return
  place.hidden = count === 0
  place.textContent = `${count} moved`
}

/** Nobody chooses any more. */
function catchUp() {
  if (waiting && !rows.matches(':hover, :focus-within')) showRows(waiting)
}

/** Show how many are in each list, and what needs a person. */
export function showCounts({ views, needs }) {
  for (const [id, markup] of Object.entries({ views, needs })) {
    if (markup === undefined) continue
    const place = document.getElementById(id)
    if (place) reconcile(place, [...parsed(markup).body.children], { mayRemove: true })
  }
  const here = document.querySelector('#views [aria-current] .num')
  if (here) document.getElementById('view-count').textContent = here.textContent
  const unread = document.querySelector('#view-unread .num').textContent
  const badge = document.getElementById('unread')
  badge.hidden = !unread
  badge.querySelector('.num').textContent = unread
}

/** Whether a row stands further down than the first page goes, which says nothing of it then. */
function isBeyond(item, fresh) {
  if (fresh.length < rows.dataset.page) return false
  const [at, id] = place(item)
  const [lastAt, lastId] = place(fresh.at(-1))
  const isLater = at > lastAt || (at === lastAt && id > lastId)
  return rows.dataset.falling ? !isLater : isLater
}

function place(item) {
  return item.dataset.place.split('-').map(Number)
}

async function loadOlder() {
  const link = more.querySelector('a')
  const hadFocus = document.activeElement === link
  const answer = await fetch(link.href).catch(() => null)
  if (!answer?.ok || answer.redirected) return false
  const page = parsed(await answer.text())
  const fresh = [...page.querySelectorAll('#rows > li')].filter((item) => !document.getElementById(item.id))
  const added = fresh.map((item) => rows.appendChild(document.importNode(item, true)))
  for (const item of added) if (item.id === rows.dataset.current) item.firstElementChild.setAttribute('aria-current', 'true')
  const next = page.querySelector('#more a')
  if (next) link.href = next.href
  else more.hidden = true
  if (hadFocus) added[0]?.firstElementChild.focus()
  return added.length > 0
}

/** One page at a time, and the next one for as long as its place is in sight. */
async function fill() {
  if (isLoading) return
  isLoading = true
  while (!more.hidden && isNear(more) && await loadOlder());
  isLoading = false
}

function isNear(item) {
  return item.getBoundingClientRect().top < scroller.getBoundingClientRect().bottom + scroller.clientHeight
}

function keepPlace() {
  sessionStorage.setItem(KEPT, JSON.stringify({ top: scroller.scrollTop, count: rows.children.length }))
}

/** A conversation that was opened has the list beside it as it was. */
async function comeBack() {
  const { top = 0, count = 0 } = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}')
  for (let page = 1; page < PAGES_AT_MOST && rows.children.length < count && more && !more.hidden; page += 1) {
    if (!await loadOlder()) break
  }
  scroller.scrollTop = top
}

if (rows) {
  isLoading = true
  comeBack().finally(() => {
    isLoading = false
    if (!more) return
    new IntersectionObserver(fill, { root: scroller, rootMargin: '100%' }).observe(more)
    more.addEventListener('click', (event) => {
      event.preventDefault()
      if (!isLoading) loadOlder()
    })
  })
  addEventListener('pagehide', keepPlace)
  rows.addEventListener('pointerleave', () => setTimeout(catchUp))
  rows.addEventListener('focusout', () => setTimeout(catchUp))
}
