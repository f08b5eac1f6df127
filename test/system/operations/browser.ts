import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const CHROMIUM = { command: 'chromium', debianPackage: 'chromium' };

/** No sandbox: tests run as root in CI. Nothing that a browser does for itself on the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium with a profile of its own, which is deleted with it. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: `/usr/bin/${CHROMIUM.command}`, headless: true, args: FLAGS });

/** A page, and all that it said and asked for. */
export interface WatchedPage {
  readonly page: Page;
  /** Lines of the console, errors that nobody caught, requests that failed, answers that are no success. */
  readonly complaints: string[];
  /** Each origin that it asked. */
  readonly origins: ReadonlySet<string>;
}

export async function watchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const page = await (await browser.newContext(options)).newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (answer) => {
    if (answer.status() !== 200) complaints.push(`${answer.status()}: ${answer.url()}`);
  });
  return { page, complaints, origins };
}
