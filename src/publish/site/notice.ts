import { notice } from "../../words/languages.js";
import type { Language } from "./languages.js";

/**
 * A script for a page's head: one sentence above the page when it was opened as a file, or when a script, a style sheet or
 * a document of it does not come; with a button that tries again. What failed stands in the browser's console.
 */
export function noticeScript(language: Language): string {
  const { file, failed, retry } = notice(language);
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
