// What is done with a conversation and its lead: forms that are sent without leaving the page. The answer is the
// parts of the page that changed. Fields of the lead are saved on leaving them, and put back on Escape.
import { show } from './live.js'
import { toast } from './toast.js'

const FIELD = '[data-act-on-change]'

document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-act]')) return
  event.preventDefault()
  const { submitter } = event
  send(event.target, new FormData(event.target, submitter)).then((isDone) => {
    if (isDone) event.target.reset()
  })
})

document.addEventListener('change', (event) => {
  const field = event.target
  if (!field.matches(FIELD)) return
  const fields = new FormData()
  for (const hidden of field.form.querySelectorAll('input[type=hidden]')) fields.set(hidden.name, hidden.value)
  fields.set(field.name, field.value)
  field.dataset.saving = 'true'
  send(field.form, fields).then(() => { delete field.dataset.saving })
})

document.addEventListener('keydown', (event) => {
  const field = event.target
  if (event.key !== 'Escape' || !field.matches(`input${FIELD}`) || field.value === field.defaultValue) return
  event.preventDefault()
  field.value = field.defaultValue
})

/** Whether it was done; what was wrong is said where it is. */
async function send(form, fields) {
  let answer
  try {
    answer = await fetch(form.action, {
      method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(fields),
    })
  } catch {
    toast('There is no connection. Nothing was changed.')
    return false
  }
  if (!answer.headers.get('content-type')?.startsWith('application/json')) {
    // Signed out, or a page that tells why it cannot be.
    if (answer.redirected) location.assign(answer.url)
    else toast('This did not work. Load the page again.')
    return false
  }
  const { goto, said, ...parts } = await answer.json()
  if (goto) {
    location.assign(goto)
    return true
  }
  show(parts)
  if (said) toast(said)
  return answer.ok
}
