// What was begun is kept on the server, and until it is there in this tab. Half a note stays in this tab: in
// another browser it could be taken for a text.
const form = document.getElementById('composer')
const field = document.getElementById('text')
const address = form?.dataset.draft
const places = { text: `draft:${location.pathname}`, note: `note:${location.pathname}` }
const PAUSE = 800
let timer = 0
let saving = Promise.resolve()

export function mode() {
  return form.elements.mode?.value === 'note' ? 'note' : 'text'
}

/** Keep what stands there now. */
export function keep() {
  const place = places[mode()]
  sessionStorage.removeItem(places[mode() === 'note' ? 'text' : 'note'])
  if (field.value) sessionStorage.setItem(place, field.value)
  else sessionStorage.removeItem(place)
  if (!address || mode() === 'note') return
  if (!field.value) sessionStorage.setItem(place, '')
  clearTimeout(timer)
  timer = setTimeout(save, PAUSE)
}

/** It was sent: the server has forgotten it, and so does this tab. */
export function forget() {
  clearTimeout(timer)
  sessionStorage.removeItem(places[mode()])
}

/** Wait until nothing of it is under way any more, so that no draft arrives after its text. */
export async function settled({ isSaved = false } = {}) {
  clearTimeout(timer)
  if (isSaved) save()
  await saving
}

/** What this tab has and the server may not have got. */
export function restore() {
  const note = sessionStorage.getItem(places.note)
  if (note && !field.value && form.elements.mode) {
    form.querySelector('[value=note]').checked = true
    field.value = note
    return
  }
  field.value = sessionStorage.getItem(places.text) ?? field.value
}

function save() {
  if (!address || mode() === 'note' || sessionStorage.getItem(places.text) === null) return
  const body = field.value
  const said = new URLSearchParams({ body, template: form.elements.template.value })
  saving = fetch(address, { method: 'POST', body: said, keepalive: true })
    .then((answer) => { if (answer.ok && sessionStorage.getItem(places.text) === body) sessionStorage.removeItem(places.text) })
    .catch(() => {})
}

if (address) addEventListener('pagehide', save)
