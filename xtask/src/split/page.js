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
        // What called is given up in the middle, so that only a new page is whole again.
        __say("Reload the page", () => location.reload());
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
/** What the browser does by itself: a click comes again later; a file that is dropped must not replace the page. */
const __prevented = ["click", "dragover", "drop"];
const __held = [];
let __message;

function __hold(event) {
    if (wasm === undefined || wasm.$ready.value) return;
    event.stopImmediatePropagation();
    if (__prevented.includes(event.type)) event.preventDefault();
    // While the message stands, nothing is kept: what is done again and again in vain should not come true at once.
    if (__message) {
        if (event.type === "click" && __message.button === event.target) __message.act();
        return;
    }
    __held.push([event.target, __copy(event)]);
    if (__held.length === 1) __have_it_all();
}

/** The event to send again. What is dropped or pasted can be read only now. */
function __copy(event) {
    const kept = { dataTransfer: event.dataTransfer, clipboardData: event.clipboardData };
    for (const [name, data] of Object.entries(kept)) {
        if (!data) continue;
        const copy = (kept[name] = new DataTransfer());
        for (const file of data.files) copy.items.add(file);
        if (data.getData("text")) copy.setData("text/plain", data.getData("text"));
    }
    const proxy = new Proxy(event, { get: (from, name) => kept[name] ?? from[name] });
    return new event.constructor(event.type, proxy);
}

function __have_it_all() {
    __fetch_second_half()
        .then((module) => __join(module, wasm))
        .then(__release, () => {
            __held.length = 0;
            __say("Try again", __have_it_all);
        });
    // The worker will want its own; it finds it in the cache.
    fetch(new URL("./@WORKER_MORE@", import.meta.url)).then((response) => response.arrayBuffer()).catch(() => {});
}

function __release() {
    for (const kind of __gestures) removeEventListener(kind, __hold, true);
    for (const [target, event] of __held.splice(0)) target.dispatchEvent(event);
}

/** A line with a button, in the document's own means: the page itself may lack what it needs to say something. */
function __say(label, act) {
    __message?.line.remove();
    const [line, toast] = [document.createElement("div"), document.createElement("p")];
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    line.className = "toasts";
    toast.className = "toast";
    toast.role = "alert";
    toast.append("A part of the page could not be loaded. Check the connection. ", button);
    line.append(toast);
    document.body.append(line);
    __message = {
        line,
        button,
        act() {
            line.remove();
            __message = undefined;
            act();
        },
    };
}

// For whoever has to know, as the tests do, whether an event is answered at once.
document.documentElement.dataset.half = "first";
for (const kind of __gestures) addEventListener(kind, __hold, true);
const __asks_for_more = !["", "#", "#/", "#/lab"].includes(location.hash);
if (__asks_for_more) __fetch_second_half().catch(() => {});

