import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWith, type EmptyDatabase, TcpProxy } from '#platform/testing';
import { StoreClient } from '../support/store-client.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';
import { UNCACHED } from '../support/uncached.js';
import { CHROMIUM, launchChromium, watchedPage, type WatchedPage } from './browser.js';

const SUITE_TIMEOUT_MS = 120_000;
/** The page looks every five seconds, and the history is as far apart; the rest is for a busy machine. */
const LIVE_TIMEOUT_MS = 30_000;
const PHONE = { width: 360, height: 780 };
const DESKTOP = { width: 1280, height: 900 };
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly { readonly id: string }[];
}

jest.setTimeout(SUITE_TIMEOUT_MS); // a browser, and axe's look at a whole page, on a machine that is busy

/** For a person who wants to see it: a folder for the pictures. */
const PICTURES = process.env['OPERATIONS_PICTURES'];

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** Injected by the debugger, and not by the page, whose policy would not have it. */
async function accessibilityOf(page: Page): Promise<AxeResults> {
  await page.addScriptTag({ path: AXE }).catch(() => undefined);
  return page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] })',
  );
}

describeWith(CHROMIUM, 'the operations page in Chromium', () => {
  let browser: Browser;
  let database: EmptyDatabase;
  let proxy: TcpProxy;
  let store: StoreProcess;
  let productId: string;
  let open: WatchedPage[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    database = await storeDatabase();
    proxy = await TcpProxy.opened(database.serviceUrl);
    store = await StoreProcess.start({ databaseUrl: proxy.url, env: UNCACHED });
    await store.ready();
    productId = (await new StoreClient(store.url).created()).id;
  });

  afterAll(async () => {
    await browser?.close();
    await store?.stop();
    await proxy?.close();
    await database?.drop();
  });

  afterEach(async () => {
    const said = open.flatMap(({ complaints }) => complaints);
    const asked = new Set(open.flatMap(({ origins }) => [...origins]));
    await Promise.all(open.map(({ page }) => page.context().close()));
    open = [];
    expect(said).toEqual([]); // the console is clean, and no policy was broken
    expect([...asked]).toEqual([new URL(store.managementUrl).origin]);
  });

  async function visit(options: Parameters<typeof watchedPage>[1] = { viewport: DESKTOP }): Promise<Page> {
    const watched = await watchedPage(browser, options);
    open.push(watched);
    await watched.page.goto(store.managementUrl);
    return watched.page;
  }

  /** Of what the script asks next, once. */
  const changeNextLook = async (page: Page, change: (body: string) => string): Promise<void> => {
    await page.route(
      `${store.managementUrl}/`,
      async (route) => {
        const body = await (await route.fetch()).text();
        await route.fulfill({ body: change(body), contentType: 'text/html' });
      },
      { times: 1 },
    );
  };

  it('says what a person wants to know first', async () => {
    const page = await visit();

    await page.getByRole('heading', { level: 1, name: 'store Up', exact: true }).waitFor();
    await page.getByText('Nothing is wrong that this page can see.').waitFor();
    const tables = await page.locator('main caption').allInnerTexts();
    expect(tables.slice(0, 4)).toEqual([
      'What the service depends on, asked just now',
      'Calls of the last minute; durations with the wait for a connection',
      'Answers from something else than their source',
      expect.stringMatching(/^By kind/),
    ]);
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'database', exact: true }) });
    expect(await row.first().getByRole('cell').first().innerText()).toBe('up');
    await page.getByRole('img', { name: /^Latency, the last 15 minutes/ }).waitFor({ timeout: LIVE_TIMEOUT_MS });
  });

  it('goes live: a database that goes away appears without a reload, with the request that felt it, and goes again', async () => {
    const page = await visit();
    await page.evaluate('window.isTheSame = true');

    await proxy.close();
    const answer = await fetch(`${store.url}/v1/products/${productId}`);
    const { requestId, traceId } = (await answer.json()) as { requestId: string; traceId: string };
    expect(answer.status).toBe(503);

    const wait = { timeout: LIVE_TIMEOUT_MS };
    await page.getByRole('heading', { level: 1, name: 'store Up, degraded' }).waitFor(wait);
    await page.getByRole('listitem').filter({ hasText: 'database is down' }).waitFor(wait);
    const error = page.getByRole('row').filter({ hasText: requestId });
    await error.waitFor(wait);
    expect(await error.innerText()).toMatch(/503\s+platform\.database-unavailable\s+GET \/v1\/products\/:id\s+1\b/);
    expect(await error.innerText()).toContain(traceId);
    expect(await page.getByRole('status').innerText()).toContain('database is down');
    expect(await page.title()).toBe('store: Up, degraded');
    await picture(page, 'trouble');

    await proxy.open();
    await store.probed('/health', 200, LIVE_TIMEOUT_MS);
    await page.getByText('Nothing is wrong that this page can see.').waitFor({ timeout: 2 * LIVE_TIMEOUT_MS });
    expect(await page.evaluate('window.isTheSame')).toBe(true);
  });

  it('loads anew when another process answers: its build and its settings may be others', async () => {
    const page = await visit();
    await page.evaluate('window.isTheSame = true');
    const loaded = page.waitForEvent('load', { timeout: LIVE_TIMEOUT_MS });

    await changeNextLook(page, (body) => body.replace(/data-started-at-ms="\d+"/, 'data-started-at-ms="1"'));
    await loaded;

    expect(await page.evaluate('window.isTheSame')).toBeUndefined();
    await page.getByRole('heading', { level: 1, name: /^store Up/ }).waitFor();
  });

  it('shows new sections where they stand, also two of them side by side', async () => {
    const page = await visit();
    const ids = (): Promise<string[]> =>
      page.evaluate('[...document.querySelectorAll("main > section")].map((s) => s.id)');
    const before = await ids();

    const added = '<section id="first"></section><section id="second"></section>';
    await changeNextLook(page, (body) => body.replace('<section id="routes"', `${added}$&`));
    await page.locator('#second').waitFor({ state: 'attached', timeout: LIVE_TIMEOUT_MS });

    expect(await ids()).toEqual(before.flatMap((id) => (id === 'routes' ? ['first', 'second', id] : [id])));
  });

  it('pauses by keyboard, and leaves the focus where it is while it is live', async () => {
    const page = await visit();

    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to what is wrong');
    await page.keyboard.press('Tab');
    await page.waitForResponse((answer) => answer.url() === `${store.managementUrl}/`, { timeout: LIVE_TIMEOUT_MS });
    expect(await page.evaluate('document.activeElement.id')).toBe('pause');
    await page.keyboard.press('Enter');
    await page.getByText('Paused.').waitFor();
    await page.getByRole('button', { name: 'Go on with updates' }).waitFor();
  });

  it('can be read without a script', async () => {
    const page = await visit({ viewport: DESKTOP, javaScriptEnabled: false });

    await page.getByRole('heading', { level: 1, name: /^store Up/ }).waitFor();
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(1);
    expect(await page.getByRole('button', { name: /updates/ }).count()).toBe(0);
  });

  it.each([
    ['a phone', PHONE, 'dark'],
    ['a desktop', DESKTOP, 'light'],
  ] as const)('fits %s, and has no fault that axe finds', async (name, viewport, colorScheme) => {
    const page = await visit({ viewport, colorScheme, bypassCSP: true }); // for axe, which evaluates itself
    await page.locator('summary', { hasText: 'Access tokens' }).click(); // a table that is closed is not judged

    const { violations, passes } = await accessibilityOf(page);

    await picture(page, `${name.slice(2)}-${colorScheme}`);
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['color-contrast', 'region', 'th-has-data-cells']),
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  });
});
