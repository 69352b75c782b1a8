// Files that go with a text: kept on the server as soon as they are chosen, and named in the composer.
import { parsed } from './update.js'

const list = document.getElementById('files')
const chooser = document.getElementById('file')
let handing = Promise.resolve()

/** Hand over what was chosen; `wrong` is told what cannot be sent. */
export function onAttached(wrong) {
  chooser?.addEventListener('change', () => {
    const files = [...chooser.files]
    chooser.value = ''
    document.getElementById('attach').hidePopover()
    for (const file of files) handing = handing.then(() => hand(file, wrong))
  })
  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-drops]')
    if (button) document.getElementById(button.dataset.drops).remove()
  })
}

/** Once everything that was chosen is there, or was refused: a text must not leave without its picture. */
export function handedOver() {
  return handing
}

export function showFiles(fresh) {
  list.replaceChildren(...[...fresh.children].map((each) => document.importNode(each, true)))
}

async function hand(file, wrong) {
  const body = new FormData()
  body.append('upload', file)
  const answer = await fetch('/files', { method: 'POST', body }).catch(() => null)
  if (!answer) return wrong('There is no connection. Attach it again.')
  if (answer.status === 413) return wrong('The file is too large: a picture may have 5 MB.')
  const said = await answer.text()
  if (!answer.ok) return wrong(said)
  wrong('')
  list.append(...[...parsed(`<ul>${said}</ul>`).body.firstElementChild.children])
}
