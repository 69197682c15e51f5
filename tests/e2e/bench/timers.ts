/** What is waited for after a key or a press: other rows, a switch that has moved, the banner or its end, the choice of
 * profiles, or the table. */
export type Sight = 'found' | 'checked' | 'acting' | 'own' | 'choice' | 'table';

/** What happened while something was scrolled. */
export interface Frames {
  /** Milliseconds from each frame to the next. */
  gaps: number[];
  /** Milliseconds of each long animation frame and long task. */
  long: number[];
  /** Frames in which the region showed no row at all, and in which some part of it showed none; 0 where nobody looked. */
  blank: number;
  holes: number;
}

/** The timers as they stand in the page. */
export interface Timers {
  /** When the first rows of the table were painted, since the page was asked for. */
  rows: Promise<number>;
  /** Waits for the next trusted event of this type and then for the sight; the time between is `took`. */
  arm(event: 'keydown' | 'click', sight: Sight): void;
  /** Milliseconds from the event to the paint. */
  took: Promise<number>;
  /** Begins to watch the frames of a region that is scrolled. To look for rows in each takes the main thread some time. */
  watch(region: Element, looksForRows: boolean): void;
  unwatch(): Frames;
  wasm: WebAssembly.Memory;
}

declare global {
  interface Window {
    bench: Timers;
  }
}

/** Puts the timers into a page before its first line runs. It is sent as text, so it can use nothing from outside. */
export function install(): void {
  const ROW = ':is(tr, [role="row"]):has([role="switch"])';
  const BANNER = '[role="region"][aria-label="Impersonation"]';
  const DEADLINE = 20_000;

  // A frame is painted between its requestAnimationFrame and the next task.
  const afterPaint = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });

  const element = ({ target }: MutationRecord) => (target instanceof Element ? target : target.parentElement);
  const sights: Record<Sight, (records: MutationRecord[]) => boolean> = {
    found: (records) => records.some((one) => one.type !== 'attributes' && element(one)?.closest('main')),
    checked: (records) => records.some((one) => one.attributeName === 'aria-checked'),
    acting: () => document.querySelector(BANNER)?.textContent?.includes('Acting as') ?? false,
    own: () => document.querySelector(BANNER) === null,
    choice: () => document.querySelector('h1')?.textContent === 'Choose a profile',
    table: () => document.querySelector(ROW) !== null,
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };

  const measure = (event: 'keydown' | 'click', sight: Sight) =>
    new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`no ${sight} within ${DEADLINE} ms of a ${event}`)), DEADLINE);
      let start: number | undefined;
      let changes = 0;
      const see = async (records: MutationRecord[]): Promise<void> => {
        if (start === undefined || !sights[sight](records)) return;
        const change = (changes += 1);
        const painted = await afterPaint();
        // What is found may come in several steps. The last one counts: it is followed by two quiet frames.
        for (let quiet = 0; sight === 'found' && quiet < 2; quiet += 1) await afterPaint();
        if (sight === 'found' && change !== changes) return;
        observer.disconnect();
        resolve(painted - start);
      };
      const observer = new MutationObserver((records) => void see(records));
      observer.observe(document, everything);
      const begin = ({ isTrusted, timeStamp }: Event) => {
        if (!isTrusted || start !== undefined) return;
        start = timeStamp;
        removeEventListener(event, begin, true);
      };
      addEventListener(event, begin, true);
    });

  const rows = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(ROW)) return;
      observer.disconnect();
      void afterPaint().then(resolve);
    });
    observer.observe(document, { subtree: true, childList: true });
  });

  // Five places from top to bottom of what is in sight, below the headings.
  const shown = (region: Element): boolean[] => {
    const { left, top } = region.getBoundingClientRect();
    const head = region.querySelector('thead')?.getBoundingClientRect().height ?? 0;
    const [x, from] = [left + region.clientWidth / 2, Math.max(0, top + head)];
    const height = Math.min(innerHeight, top + region.clientHeight) - from;
    const at = (part: number) => document.elementFromPoint(x, from + height * part);
    return [0.02, 0.25, 0.5, 0.75, 0.98].map((part) => at(part)?.closest(ROW) != null);
  };

  let unwatch = (): Frames => ({ gaps: [], long: [], blank: 0, holes: 0 });
  const watch = (region: Element, looksForRows: boolean): void => {
    const frames: Frames = { gaps: [], long: [], blank: 0, holes: 0 };
    let last: number | undefined;
    let handle = 0;
    const look = (): void => {
      const places = shown(region);
      if (!places.some(Boolean)) frames.blank += 1;
      if (!places.every(Boolean)) frames.holes += 1;
    };
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = look;
    const frame = (now: number): void => {
      if (last !== undefined) frames.gaps.push(now - last);
      last = now;
      if (looksForRows) port2.postMessage(null);
      handle = requestAnimationFrame(frame);
    };
    handle = requestAnimationFrame(frame);
    const take = (entries: PerformanceEntryList) => frames.long.push(...entries.map(({ duration }) => duration));
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    for (const type of ['long-animation-frame', 'longtask']) observer.observe({ type });
    unwatch = () => {
      cancelAnimationFrame(handle);
      take(observer.takeRecords());
      observer.disconnect();
      port1.close();
      return frames;
    };
  };

  window.bench = {
    rows,
    took: Promise.reject(new Error('not armed')),
    arm: (event, sight) => void (window.bench.took = measure(event, sight)),
    watch,
    unwatch: () => unwatch(),
    wasm: new WebAssembly.Memory({ initial: 0 }),
  };
  window.bench.took.catch(() => undefined);
  const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports: object) => Promise<WebAssembly.Instance>;
  (WebAssembly as { instantiate: unknown }).instantiate = async (module: WebAssembly.Module, imports: object) => {
    const instance = await instantiate(module, imports);
    window.bench.wasm = instance.exports['memory'] as WebAssembly.Memory;
    return instance;
  };
}
