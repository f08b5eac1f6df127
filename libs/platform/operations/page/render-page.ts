import type { LoadedSettings } from '#platform/config';
import { reportSettings } from '#platform/config';
import type { OperationsSnapshot } from '../snapshot/operations-snapshot.js';
import { html, type Html } from './html.js';
import { configuration } from './sections/configuration.js';
import { errors, routes } from './sections/requests.js';
import { degradation, dependencies, health } from './sections/states.js';
import { caches, events, pools } from './sections/stores.js';
import { concerns, header, stateWord } from './sections/summary.js';
import { vitals } from './sections/vitals.js';

/** How often a page without a script looks again, in seconds. */
const RELOAD_SECONDS = 15;

export type RenderPage = (snapshot: OperationsSnapshot) => string;

/** The page as a whole: the script asks for it again, and takes over what has `data-live`. */
export function pageRenderer(settings: LoadedSettings): RenderPage {
  const settled = configuration(reportSettings(settings), settings.warnings);
  return (snapshot) => {
    const parts = [concerns, vitals, health, dependencies, degradation, errors, routes, caches, pools, events];
    return page(snapshot, [...parts.map((part) => part(snapshot)), settled]);
  };
}

const page = (snapshot: OperationsSnapshot, parts: readonly (Html | null)[]): string =>
  `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${snapshot.service.name}: ${stateWord(snapshot.service.state)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/operations/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/operations/page.css" />
        <script type="module" src="/operations/page.js"></script>
        <noscript><meta http-equiv="refresh" content="${RELOAD_SECONDS}" /></noscript>
      </head>
      <body data-started-at-ms="${snapshot.service.startedAtMs}">
        <a class="skip" href="#main">Skip to what is wrong</a>
        ${header(snapshot)}
        <p id="lost" class="lost" role="alert" hidden></p>
        <p id="announcer" class="unseen" role="status"></p>
        <main id="main" tabindex="-1">${parts}</main>
        <footer>
          <p>
            The same as data: <a href="/operations.json">operations.json</a>, <a href="/health">health</a>,
            <a href="/metrics">metrics</a>, <a href="/info">info</a>
          </p>
        </footer>
      </body>
    </html>`.text
  }\n`;
