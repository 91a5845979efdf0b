"""A server of the OpenAI kind that replies from a script, on this machine, as well or as badly as
a test wants."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = "one two three four five six seven eight nine ten eleven twelve"
WINDOW = 2000


class Script:
    """How the server behaves, and what it heard."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.models = ["m"]
        self.key = ""
        self.goes_on = True
        self.repeats = False
        self.grammars = kind in ("llamacpp", "python")
        self.usage = kind != "python"
        self.trouble = ""
        self.reply = WORDS
        self.choice = -1  # which literal of a grammar is replied
        self.heard: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self.together = 0
        self.most_together = 0
        self.wait_for = 0
        self.all_there = threading.Event()
        self.ended = threading.Event()
        self.lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    script: Script

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self._answer(json.loads(self.rfile.read(length)))

    def _answer(self, body: Any) -> None:
        script = self.script
        script.paths.append(self.path)
        script.keys.append(self.headers["Authorization"])
        if script.key and self.headers["Authorization"] != f"Bearer {script.key}":
            self._json({"error": {"message": "Invalid API key"}}, 401)
            return
        if script.trouble == "redirect":
            self.send_response(307)
            self.send_header("Location", "http://192.0.2.1/v1/models")
            self.end_headers()
            return
        found = self._known(body)
        if found is not None:
            self._json(found)
        elif self.path in ("/v1/chat/completions", "/v1/completions"):
            self._complete(body)
        else:
            self._json({"detail": "Not Found"}, 404)

    def _known(self, body: Any) -> Any:
        script = self.script
        match self.path, script.kind:
            case "/v1/models", _:
                if script.trouble == "models":
                    return ["no", "models"]
                owner = "me" if script.kind == "python" else script.kind
                extra = {"max_model_len": WINDOW} if script.kind == "vllm" else {}
                rows = [{"id": name, "owned_by": owner, **extra} for name in script.models]
                return {"object": "list", "data": rows}
            case "/props", "llamacpp":
                return {"default_generation_settings": {"n_ctx": WINDOW}}
            case "/tokenize", "llamacpp":
                return {"tokens": list(range(len(body["content"].split())))}
            case "/tokenize", "vllm":
                return {"count": len(body["prompt"].split()), "max_model_len": WINDOW}
            case "/extras/tokenize/count", "python":
                return {"count": len(body["input"].split())}
            case "/api/version", "library":
                return {"version": "0.20.0"}
            case "/api/generate", "library":
                return {"model": body["model"], "done": True}
            case "/api/ps", "library":
                return {"models": [{"name": body or "m", "context_length": WINDOW}]}
        return None

    def _json(self, value: Any, status: int = 200) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    # -- replies

    def _reply_to(self, body: dict[str, Any]) -> str:
        script = self.script
        grammar = body.get("grammar") or body.get("structured_outputs", {}).get("grammar")
        if grammar and script.grammars:
            return json.loads(re.findall(r'"[^"]*"', grammar)[script.choice])
        form = body.get("response_format", {})
        schema = form.get("schema") or form.get("json_schema", {}).get("schema", {})
        if "enum" in schema and script.trouble != "no schema":
            return json.dumps(schema["enum"][-1])
        last = body.get("messages", [{"role": "none"}])[-1]
        if last["role"] == "assistant":
            begun = last["content"]
            on = begun == "A B C D E F G" and (
                script.kind != "vllm" or body.get("continue_final_message")
            )
            again = begun if script.repeats else ""
            if on and script.goes_on:
                return again + " H I J"
            return again + script.reply if script.goes_on else "A B C D"
        return script.reply

    def _complete(self, body: dict[str, Any]) -> None:
        script = self.script
        if not body["stream"]:
            text = self._reply_to(body)
            self._json({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]})
            return
        script.heard.append(body)
        match script.trouble:
            case "500":
                self._json({"error": {"message": "out of memory\x1b[31m on device 0"}}, 500)
                return
            case "too long":
                told = {"message": "too long", "n_prompt_tokens": 5000, "n_ctx": WINDOW}
                self._json({"error": told}, 400)
                return
            case "too long, in words":
                text = (
                    f"This model's maximum context length is {WINDOW} tokens. However, you "
                    "requested 5000 tokens (4900 in the messages, 100 in the completion)."
                )
                self._json({"message": text, "code": 400}, 400)
                return
            case "html":
                content = b"<html>please log in</html>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        with script.lock:
            script.together += 1
            script.most_together = max(script.most_together, script.together)
            if script.together >= script.wait_for:
                script.all_there.set()
        try:
            if script.wait_for:
                script.all_there.wait(10)
            self._stream(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the engine wants no more
        finally:
            with script.lock:
                script.together -= 1

    def _stream(self, body: dict[str, Any]) -> None:
        script = self.script
        text = self._reply_to(body)
        stops = [at for stop in body.get("stop", []) if (at := text.find(stop)) >= 0]
        pieces = re.findall(r"\s*\S+|\s+", text[: min(stops, default=len(text))])
        finish = "stop"
        if len(pieces) > body["max_tokens"]:
            pieces, finish = pieces[: body["max_tokens"]], "length"
        self._line(": the model is awake")
        for number, piece in enumerate(pieces):
            if number == 2 and script.trouble in TROUBLES:
                TROUBLES[script.trouble](self)
                return
            self._piece(body, piece, None)
        self._piece(body, "", finish)
        if script.usage:
            used = {"prompt_tokens": 20, "completion_tokens": len(pieces)}
            self._event({"choices": [], "usage": used})
        self._line("data: [DONE]")

    def _piece(self, body: dict[str, Any], text: str, finish: str | None) -> None:
        said: dict[str, Any] = (
            {"delta": {"content": text}} if "messages" in body else {"text": text}
        )
        self._event({"choices": [{"index": 0, **said, "finish_reason": finish}]})

    def _event(self, value: Any) -> None:
        self._line(f"data: {json.dumps(value)}")

    def _line(self, line: str) -> None:
        self.wfile.write(f"{line}\n\n".encode())
        self.wfile.flush()

    # -- troubles in the middle of a reply

    def broken_off(self) -> None:
        """The connection ends."""

    def taken_over(self) -> None:
        self._line("data: [DONE]")

    def hangs(self) -> None:
        self.script.ended.wait(20)

    def writes_for_ever(self) -> None:
        while not self.script.ended.is_set():
            self._event({"choices": [{"delta": {"content": "and "}, "finish_reason": None}]})
            time.sleep(0.001)

    def endless_line(self) -> None:
        while not self.script.ended.is_set():
            self.wfile.write(b"x" * 65536)

    def no_json(self) -> None:
        self._line("data: {not json")

    def no_choices(self) -> None:
        self._event({"object": "nothing"})

    def odd_text(self) -> None:
        self._event({"choices": [{"delta": {"content": ["a", "list"]}}]})

    def nested(self) -> None:
        self._line("data: " + "[" * 100_000)

    def odd_usage(self) -> None:
        self._event({"choices": [], "usage": {"prompt_tokens": -1, "completion_tokens": "x"}})

    def error_event(self) -> None:
        self._event({"error": {"message": "the slot is gone"}})

    def filtered(self) -> None:
        self._event({"choices": [{"delta": {}, "finish_reason": "content_filter"}]})


TROUBLES = {
    "broken off": Handler.broken_off,
    "taken over": Handler.taken_over,
    "hangs": Handler.hangs,
    "no limit": Handler.writes_for_ever,
    "endless line": Handler.endless_line,
    "no JSON": Handler.no_json,
    "no choices": Handler.no_choices,
    "odd text": Handler.odd_text,
    "nested": Handler.nested,
    "odd usage": Handler.odd_usage,
    "error": Handler.error_event,
    "filtered": Handler.filtered,
}


@contextmanager
def serving(kind: str) -> Iterator[tuple[str, Script]]:
    """A server of that kind, by its address, and how it behaves; gone at the end."""
    script = Script(kind)
    handler = type("ScriptedHandler", (Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", script
    finally:
        script.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
