// The page is whole without this; here it stays current and forms no longer reload it.
const phone = document.body.dataset.phone
const parts = new Map([...document.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]))
const scroller = document.querySelector('.scroll')

// --- The stream: each event is one part of the page, newly rendered ---
const stream = new EventSource(`/_simulator/events?phone=${encodeURIComponent(phone)}`)
for (const [name, part] of parts) stream.addEventListener(name, event => replace(part, JSON.parse(event.data)))

// A page without a phone has none of the parts of one, so the first phone loads it again.
if (!phone) stream.addEventListener('phones', event => { if (JSON.parse(event.data).includes('<a ')) location.reload() })

const lost = document.querySelector('[data-lost]')
let patience
stream.addEventListener('error', () => { patience ??= setTimeout(() => { lost.hidden = false }, 5000) })
stream.addEventListener('open', () => { clearTimeout(patience); patience = undefined; lost.hidden = true })

// What did not change is left alone: no picture loads twice, no selection is lost, nothing flickers.
function replace(part, html) {
  const fresh = [...new DOMParser().parseFromString(html, 'text/html').body.children]
  const old = new Map([...part.children].map(child => [child.id, child]))
  fresh.forEach((child, place) => {
    const before = child.id ? old.get(child.id) : undefined
    const kept = before?.isEqualNode(child) ? before : document.importNode(child, true)
    if (before && kept !== before) before.replaceWith(kept)
    if (part.children[place] !== kept) part.insertBefore(kept, part.children[place] ?? null)
  })
  while (part.children.length > fresh.length) part.lastElementChild.remove()
}

// --- The thread opens at the newest text and follows it, unless somebody is reading further up ---
if (scroller) {
  let follows = true
  scroller.addEventListener('scroll', () => {
    follows = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40
  })
  new ResizeObserver(() => { if (follows) scroller.scrollTop = scroller.scrollHeight }).observe(parts.get('texts'))
}

// --- Forms: sent in the background; the stream brings what came of it ---
async function send(form, submitter) {
  const answer = await fetch(form.action, { method: 'post', body: new URLSearchParams(new FormData(form, submitter)) })
  const { error } = answer.ok ? {} : await answer.json().catch(() => ({ error: 'The simulator did not answer.' }))
  const problem = document.querySelector('[data-problem]')
  if (problem) { problem.textContent = error ?? ''; problem.hidden = !error }
}

const say = document.querySelector('[data-say]')
say?.addEventListener('submit', event => {
  event.preventDefault()
  const body = say.elements.Body
  const picture = say.elements.MediaUrl
  if (!body.value.trim() && !picture.value) { body.focus(); return }
  send(say)
  body.value = picture.value = ''
  say.querySelector('details').open = false
  body.focus()
})
say?.elements.Body.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); say.requestSubmit() }
})

for (const form of document.querySelectorAll('[data-quick], [data-quiet]')) {
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (say && form.elements.To) form.elements.To.value = say.elements.To.value
    send(form, event.submitter)
  })
  form.addEventListener('change', () => { if (form.querySelector('[type="radio"]')) form.requestSubmit() })
}
