// Written by cargo xtask dist. The functions that the first run did without are fetched when one of them is called.
function __load_second_half() {
    const request = new XMLHttpRequest();
    request.open("GET", "./@MORE@", false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status !== 200) throw new Error("a part of the program could not be loaded; check the connection");
    new WebAssembly.Instance(new WebAssembly.Module(request.response), { p: wasm });
    wasm.$ready.value = 1;
}

