// The files of the index over the network: the only module that asks for any.

import { unpack } from "./packed.js";

const PATIENCE = 20000; // milliseconds for one file

/** An error with a sentence for the reader. */
const trouble = (said, missing) => Object.assign(new Error(said), { said, missing });

/** Gives files, each fetched once unless it failed; after `renew` all are fetched anew, past the browser's store. */
export function filesAt(base) {
  const known = new Map();
  let store = "default";
  async function fetchFile(path) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    let response;
    let bytes;
    try {
      response = await fetch(base + path, {
        // Shards, facets and words have names that change with their content; the others are asked for anew.
        cache: /-|facets|words/.test(path) ? store : "no-cache",
        signal: patience.signal,
      });
      if (response.ok) bytes = new Uint8Array(await response.arrayBuffer());
    } catch {
      throw trouble("网络连接中断，请检查网络后重试。");
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw trouble("检索数据缺少文件，请刷新页面后再试。", true);
    try {
      return await unpack(bytes);
    } catch {
      throw trouble("检索数据已损坏，请稍后重试。");
    }
  }
  return {
    load(path) {
      if (!known.has(path)) {
        const file = fetchFile(path);
        known.set(path, file);
        // A failure is not kept: a search that is ending may still ask after `renew`, before the reader tries again.
        file.catch(() => known.get(path) === file && known.delete(path));
      }
      return known.get(path);
    },
    renew() {
      known.clear();
      store = "reload";
    },
  };
}
