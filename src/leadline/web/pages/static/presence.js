// Who else is here: this page tells that it is looked at, and whether something is being written.
const address = document.getElementById('presence')?.dataset.presence
const field = document.getElementById('text')
const EVERY = 20_000
const STOPPED_AFTER = 5000
let isWriting = false
let pause = 0
let beat = 0
let isOver = false

function tell(said = {}) {
  if (isOver) return
  if (isWriting) said.writing = '1'
  fetch(address, { method: 'POST', body: new URLSearchParams(said), keepalive: true }).catch(() => {})
}

function writes(now) {
  if (now === isWriting) return
  isWriting = now
  tell()
}

function typed() {
  clearTimeout(pause)
  pause = setTimeout(() => writes(false), STOPPED_AFTER)
  writes(field.value.trim() !== '')
}

function arrive() {
  tell()
  beat = setInterval(tell, EVERY)
}

function rest() {
  clearInterval(beat)
  clearTimeout(pause)
  isWriting = false
}

function leave() {
  rest()
  tell({ leaving: '1' })
}

if (address) {
  if (!document.hidden) arrive()
  document.addEventListener('visibilitychange', () => { document.hidden ? leave() : arrive() })
  field?.addEventListener('input', () => { if (!isOver) typed() })
  document.addEventListener('gone', () => {
    rest()
    isOver = true
  })
}
