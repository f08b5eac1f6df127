import type { OperationsSnapshot, OverallState } from '../../snapshot/operations-snapshot.js';
import { dateTime, duration, isoTime } from '../figures.js';
import { html, type Html } from '../html.js';
import { badge, section, since, time, type Tone } from './section.js';

const STATES: Readonly<Record<OverallState, { readonly word: string; readonly tone: Tone }>> = {
  up: { word: 'Up', tone: 'good' },
  degraded: { word: 'Up, degraded', tone: 'warn' },
  'not-ready': { word: 'Not ready', tone: 'bad' },
  starting: { word: 'Starting', tone: 'warn' },
  draining: { word: 'Draining', tone: 'warn' },
};

export const stateWord = (state: OverallState): string => STATES[state].word;

/** Is it up, since when, which version. */
export function header({ service, atMs }: OperationsSnapshot): Html {
  const { word, tone } = STATES[service.state];
  return html`<header>
    <h1>${service.name} <span id="state" data-live>${badge(word, tone)}</span></h1>
    <dl class="build">
      <div>
        <dt>Version</dt>
        <dd>${service.version}</dd>
      </div>
      <div>
        <dt>Commit</dt>
        <dd>${service.commit.slice(0, 12)}</dd>
      </div>
      <div>
        <dt>Node.js</dt>
        <dd>${service.runtime}</dd>
      </div>
      <div>
        <dt>Up for</dt>
        <dd id="uptime" data-live>${duration(service.uptimeSeconds)}</dd>
      </div>
      <div>
        <dt>Phase</dt>
        <dd id="phase" data-live>${service.phase} since ${time(service.phaseSinceMs, atMs)}</dd>
      </div>
      <div>
        <dt>Looked at (UTC)</dt>
        <dd id="looked" data-live><time datetime="${isoTime(atMs)}">${dateTime(atMs)}</time></dd>
      </div>
    </dl>
    <p class="live-controls">
      <button type="button" id="pause" hidden>Pause updates</button>
      <span id="live-state">As of the time above: reload for a newer look.</span>
    </p>
  </header>`;
}

/** What is wrong, in words. The script reads it out when it changes. */
export function concerns({ concerns: all, service, atMs }: OperationsSnapshot): Html {
  const traffic = service.takesTraffic ? 'It takes traffic.' : 'Balancers are told to send it nothing.';
  const list = all.map(
    ({ what, sinceMs, orEarlier }) =>
      html`<li>
        <strong>${what}</strong
        >${sinceMs === null ? null : html`, <span class="quiet">${since(sinceMs, orEarlier, atMs)}</span>`}
      </li>`,
  );
  return section(
    'concerns',
    'To see to',
    html`<div
      id="concern-list"
      data-live
      data-announced="${announcement(
        all.map(({ what }) => what),
        traffic,
      )}"
    >
      <p>${traffic} ${all.length === 0 ? 'Nothing is wrong that this page can see.' : null}</p>
      ${
        all.length > 0 &&
        html`<ul>
          ${list}
        </ul>`
      }
    </div>`,
  );
}

const announcement = (all: readonly string[], traffic: string): string =>
  [traffic, ...(all.length > 0 ? all.map((what) => `${what}.`) : ['Nothing is wrong.'])].join(' ');
