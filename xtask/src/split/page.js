// Written by cargo xtask dist. The functions that the default page did without are fetched at the reader's first
// gesture, or at once when the address asks for more than the default page. Events wait until they are there.
let __second_half;
function __fetch_second_half() {
    __second_half ??= (async () => {
        const response = await fetch(new URL("./@MORE@", import.meta.url));
        if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
        return WebAssembly.compile(await response.arrayBuffer());
    })().catch((error) => {
        __second_half = undefined;
        throw error;
    });
    return __second_half;
}

function __join(module, exports) {
    if (exports.$ready.value) return;
    new WebAssembly.Instance(module, { p: exports });
    exports.$ready.value = 1;
    delete document.documentElement.dataset.half;
}

/** For a function of the second half that something else than a gesture calls: waits as long as it takes. */
function __load_second_half() {
    const request = new XMLHttpRequest();
    request.open("GET", new URL("./@MORE@", import.meta.url), false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    try {
        request.send();
    } catch {}
    if (request.status !== 200) {
        alert("A part of the page could not be loaded. Check the connection and reload the page.");
        throw new Error("a part of the page could not be loaded");
    }
    const bytes = Uint8Array.from(request.responseText, (char) => char.charCodeAt(0) & 255);
    __join(new WebAssembly.Module(bytes), wasm);
}

const __gestures = [
    "pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "mouseenter", "mouseleave", "click",
    "dblclick", "contextmenu", "wheel", "keydown", "keyup", "input", "change", "toggle", "close", "focus", "blur",
    "paste", "dragover", "drop", "hashchange", "popstate", "fullscreenchange",
];
const __held = [];

function __hold(event) {
    if (wasm === undefined || wasm.$ready.value) return;
    event.stopImmediatePropagation();
    // What a click does by itself comes with the second click, which is sent later.
    if (event.type === "click" || event.type === "drop") event.preventDefault();
    __held.push([event.target, event]);
    if (__held.length > 1) return;
    __fetch_second_half().then((module) => __join(module, wasm)).catch(() => {}).then(__release);
    // The worker will want its own; it finds it in the cache.
    fetch(new URL("./@WORKER_MORE@", import.meta.url)).then((response) => response.arrayBuffer()).catch(() => {});
}

function __release() {
    for (const kind of __gestures) removeEventListener(kind, __hold, true);
    for (const [target, event] of __held.splice(0)) {
        target.dispatchEvent(new event.constructor(event.type, event));
    }
}

// For whoever has to know, as the tests do, whether an event is answered at once.
document.documentElement.dataset.half = "first";
for (const kind of __gestures) addEventListener(kind, __hold, true);
const __asks_for_more = !["", "#", "#/", "#/lab"].includes(location.hash);
if (__asks_for_more) __fetch_second_half().catch(() => {});

