import type { CDPSession } from '@playwright/test';

/** What a snapshot calls an element that is in no page. */
const DETACHED = 2;

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
  nodes: number[];
  strings: string[];
}

export async function collect(devtools: CDPSession): Promise<void> {
  for (let times = 0; times < 3; times += 1) await devtools.send('HeapProfiler.collectGarbage');
}

/** All that scripts still hold, once what they do not is gone. */
async function snapshotOf(devtools: CDPSession): Promise<Snapshot> {
  await collect(devtools);
  let text = '';
  const take = ({ chunk }: { chunk: string }) => void (text += chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', take);
  await devtools.send('HeapProfiler.takeHeapSnapshot');
  devtools.off('HeapProfiler.addHeapSnapshotChunk', take);
  return JSON.parse(text) as Snapshot;
}

/** What scripts have made, without what the browser keeps for itself: machine code, requests, its own timeline. */
export async function objects(devtools: CDPSession): Promise<number> {
  const { snapshot, nodes } = await snapshotOf(devtools);
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type] ?? 0] ?? '';
    if (!['code', 'native', 'hidden', 'synthetic'].includes(kind)) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}

/** All texts in what scripts hold. */
export async function texts(devtools: CDPSession): Promise<string[]> {
  return (await snapshotOf(devtools)).strings;
}

/** The beginnings of the elements that scripts hold and that are in no page. */
export async function detached(devtools: CDPSession): Promise<string[]> {
  const { snapshot, nodes, strings } = await snapshotOf(devtools);
  const { node_fields: fields } = snapshot.meta;
  const [name, state] = [fields.indexOf('name'), fields.indexOf('detachedness')];
  const isName = (_: number, at: number) => at % fields.length === name && nodes[at - name + state] === DETACHED;
  return nodes.filter(isName).map((at) => strings[at] ?? '');
}
