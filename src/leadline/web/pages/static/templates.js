// A template's preview follows what is typed, as the server fills and counts it.
import { plain } from './segments.js'
import { parsed } from './update.js'

const PAUSE = 200
const form = document.getElementById('template')
const preview = document.querySelector('[data-preview]')
const find = document.getElementById('find')

let asked = 0
let waiting

async function ask() {
  const turn = ++asked
  const fields = new URLSearchParams(new FormData(form))
  fields.set('find', find.value)
  const answer = await fetch(preview.dataset.preview, { method: 'POST', body: fields }).catch(() => null)
  // A later question has its own answer; a page that is left or signed out keeps what it shows.
  if (turn !== asked || !answer?.ok || answer.redirected) return
  const body = parsed(await answer.text()).body
  const isChoosing = document.activeElement?.id === 'as'
  preview.replaceChildren(...[...body.children].map((each) => document.importNode(each, true)))
  if (isChoosing) document.getElementById('as')?.focus()
}

function soon() {
  clearTimeout(waiting)
  waiting = setTimeout(ask, PAUSE)
}

function typed(text) {
  const field = form.elements.body
  field.value = text
  field.focus()
  soon()
}

if (form && preview) {
  form.addEventListener('input', soon)
  find.addEventListener('input', soon)
  document.getElementById('whom').addEventListener('submit', (event) => {
    event.preventDefault()
    ask()
  })
  preview.addEventListener('change', soon)
  preview.addEventListener('click', (event) => {
    if (event.target.closest('[data-plain]')) typed(plain(form.elements.body.value))
  })
  for (const button of form.querySelectorAll('[data-slot]')) {
    button.addEventListener('click', () => {
      const field = form.elements.body
      field.setRangeText(`{{ ${button.dataset.slot} }}`, field.selectionStart, field.selectionEnd, 'end')
      field.focus()
      soon()
    })
  }
}
