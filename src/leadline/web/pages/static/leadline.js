// Everything here makes a page quicker to use; no page needs it to work.
import './acts.js'
import './again.js'
import './composer.js'
import './list.js'
import './live.js'
import './presence.js'
import './templates.js'
import './moving.js'
import './theme.js'
import './keys.js'
import { remember } from './remember.js'

document.documentElement.classList.add('scripted')

// No header tells the server which zone a clock on the wall is in.
remember('zone', Intl.DateTimeFormat().resolvedOptions().timeZone ?? '')

// A link that lets in need not stay in the history.
if (document.querySelector('[data-forgets-address]')) history.replaceState(null, '', '/signin')
