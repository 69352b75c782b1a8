// The status page looks again by itself, and changes only what is not the same any more.
const page = document.querySelector('[data-again]')

async function lookAgain() {
  if (document.hidden || page.contains(document.activeElement)) return
  const answer = await fetch(location.href).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(page.id)
  if (!fresh || fresh.children.length !== page.children.length) return fresh && page.replaceChildren(...fresh.children)
  for (const [index, part] of [...fresh.children].entries()) {
    if (part.outerHTML !== page.children[index].outerHTML) page.children[index].replaceWith(part)
  }
}

if (page) setInterval(lookAgain, page.dataset.again * 1000)
