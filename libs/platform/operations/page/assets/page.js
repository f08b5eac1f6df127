// Asks for the page again every few seconds, while somebody can see it, and takes over what has changed. Nothing here can
// have the focus or be scrolled: whoever reads or types is not disturbed.

const INTERVAL_MS = 5_000;
const TIMEOUT_MS = 4_000;

const byId = (id) => document.getElementById(id);
const pause = byId('pause');
const liveState = byId('live-state');
const announcer = byId('announcer');
const lost = byId('lost');

let paused = false;
let timer;
let lastSeen = byId('looked').textContent;

function say(text) {
  if (liveState.textContent !== text) liveState.textContent = text;
}

function takeOver(fresh) {
  for (const current of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(current.id);
    if (next === null || next.outerHTML === current.outerHTML) continue;
    for (const { name, value } of next.attributes) current.setAttribute(name, value);
    current.replaceChildren(...document.importNode(next, true).childNodes);
  }
  // A section comes with what it is about, the first degraded answer, say.
  // From the last one on: so whatever it stands before is there already.
  let before = null;
  for (const section of [...fresh.querySelectorAll('main > section')].reverse()) {
    if (byId(section.id) === null) byId('main').insertBefore(document.importNode(section, true), before);
    before = byId(section.id);
  }
  document.title = fresh.title;
}

/** Only when the words change: a reader of the screen is not talked to every five seconds. */
function announce() {
  const words = byId('concern-list').dataset.announced;
  if (announcer.dataset.said === words) return;
  if (announcer.dataset.said !== undefined) announcer.textContent = words;
  announcer.dataset.said = words;
}

function found() {
  lost.hidden = true;
  document.body.classList.remove('stale');
  lastSeen = byId('looked').textContent;
}

function missed() {
  document.body.classList.add('stale');
  const words = `No answer from the service. What is below is of ${lastSeen} UTC.`;
  if (lost.textContent !== words) lost.textContent = words;
  lost.hidden = false;
}

async function look() {
  try {
    const answer = await fetch('/', { signal: AbortSignal.timeout(TIMEOUT_MS), headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // Another process: what is not live (its build, its settings, this script) may be another, too.
    if (fresh.body.dataset.startedAtMs !== document.body.dataset.startedAtMs) return location.reload();
    takeOver(fresh);
    announce();
    found();
  } catch {
    missed();
  }
}

async function lookAndGoOn() {
  clearTimeout(timer);
  timer = undefined;
  if (paused || document.hidden) return;
  await look();
  clearTimeout(timer);
  timer = setTimeout(lookAndGoOn, INTERVAL_MS);
}

pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = paused ? 'Go on with updates' : 'Pause updates';
  say(paused ? 'Paused.' : 'Live: looks again every 5 seconds.');
  void lookAndGoOn();
});
document.addEventListener('visibilitychange', () => void lookAndGoOn());

pause.hidden = false;
say('Live: looks again every 5 seconds.');
announce();
timer = setTimeout(lookAndGoOn, INTERVAL_MS);
