import { expect, type BrowserContext } from '@playwright/test';

interface Frame {
  page: string;
  acting: boolean;
  text: string;
}

/**
 * Keeps all that could be painted: whenever anything in a document has changed, the whole text of the next frame,
 * and whether the banner of acting as another person was in it.
 */
export class Recorder {
  #frames: Frame[] = [];

  static async install(context: BrowserContext): Promise<Recorder> {
    const recorder = new Recorder();
    await context.exposeBinding('recordFrame', (_, frame: Frame) => void recorder.#frames.push(frame));
    await context.addInitScript(() => {
      const page = window as unknown as { recordFrame: (frame: object) => void };
      let asked = false;
      const observer = new MutationObserver(() => {
        if (asked) return;
        asked = true;
        requestAnimationFrame(() => {
          asked = false;
          const acting = document.querySelector('[role="region"][aria-label="Impersonation"]') !== null;
          const labels = [...document.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label'));
          const text = [document.title, ...labels, document.body?.textContent ?? ''].join('\n');
          page.recordFrame({ page: location.pathname, acting, text });
        });
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    return recorder;
  }

  /** Forgets what was seen so far. */
  clear(): void {
    this.#frames = [];
  }

  get count(): number {
    return this.#frames.length;
  }

  /** No frame of one's own pages showed the other's words, and no frame of the other's showed one's own. */
  expectNeverMixed(words: { own: readonly string[]; others: readonly string[] }): void {
    expect(this.#frames.some(({ acting }) => acting), 'acting was recorded').toBe(true);
    const found = this.#frames.flatMap(({ page, acting, text }) => {
      const forbidden = acting ? words.own : words.others;
      return forbidden.filter((word) => text.includes(word)).map((word) => `“${word}” on ${page}, acting: ${acting}`);
    });
    expect([...new Set(found)]).toEqual([]);
  }

  /** No frame since the last `clear` showed any of these. */
  expectNever(words: readonly string[]): void {
    const found = this.#frames.flatMap(({ page, text }) =>
      words.filter((word) => text.includes(word)).map((word) => `“${word}” on ${page}`),
    );
    expect([...new Set(found)]).toEqual([]);
  }
}
