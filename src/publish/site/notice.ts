import type { Language } from "./languages.js";

/** What a page says when it cannot come up. It stands in the page itself: nothing that it would load may be there. */
const words: Record<Language, { file: string; failed: string; retry: string }> = {
  "zh-CN": {
    file: "浏览器不允许直接打开的网页文件读取数据。请在项目文件夹中运行 npx herringbone serve，再打开它给出的地址。",
    failed: "本页有内容未能载入。",
    retry: "重试",
  },
  en: {
    file: "A page that is opened as a file may not read its data. Run npx herringbone serve in the project's folder, and open the address it prints.",
    failed: "Part of this page could not be loaded.",
    retry: "Try again",
  },
};

/**
 * A script for a page's head: one sentence above the page when it was opened as a file, or when a script, a style sheet or
 * a document of it does not come; with a button that tries again. What failed stands in the browser's console.
 */
export function noticeScript(language: Language): string {
  const { file, failed, retry } = words[language];
  return `{const say=(text,retry)=>{const d=document;if(d.querySelector(".page-notice"))return;
const p=d.createElement("p");p.className="page-notice";p.setAttribute("role","alert");p.append(text);
if(retry){const b=d.createElement("button");b.type="button";b.textContent=retry;b.onclick=()=>location.reload();p.append(" ",b)}
const place=()=>{d.documentElement.dataset.unloaded="";(d.querySelector("#observablehq-main")??d.body).prepend(p)};
if(d.readyState==="loading")addEventListener("DOMContentLoaded",place);else place()};
const failed=()=>say(${JSON.stringify(failed)},${JSON.stringify(retry)});
if(location.protocol==="file:")say(${JSON.stringify(file)});
else{addEventListener("error",({target:t})=>{if(t instanceof HTMLScriptElement||t instanceof HTMLLinkElement&&/stylesheet|modulepreload/.test(t.rel))failed()},true);
new MutationObserver(()=>{if(document.querySelector(".observablehq--error"))failed()}).observe(document.documentElement,{childList:true,subtree:true})}}`;
}
