"""How often the method that fits a question is chosen.

    python3 packaging/bootstrap.py bench routing [--half a|b] [--model PATH] [--json]

`routing_questions.jsonl` holds questions of our own about 40 kinds of files, each with the shape
of its text and the methods that would be right. Half "a" is for tuning the recipes by; half "b"
is only measured. What is printed: how many are routed rightly, by half and shape; by margin, how
many of those below it are right; and each one that is not.
"""

import argparse
import json
import threading
from collections import Counter
from pathlib import Path

from _engine_machine import starter_model

from rlm_desktop import places
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.runs import routing
from rlm_desktop.runs.recipes import load_recipes

QUESTIONS = Path(__file__).parent / "routing_questions.jsonl"
MARGINS = (0.1, 0.2, 0.4, 0.6, 0.8, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    recipes = load_recipes(places.resources() / "recipes")
    asked = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    asked = [each for each in asked if options.half in (None, each["half"])]
    asked.sort(key=lambda each: each["shape"])  # what these share is read once
    engine = ProcessEngine((options.model or starter_model()).resolve(), threads=options.threads)
    stop = threading.Event()
    for _ in engine.load(stop):
        pass
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    below: Counter[float] = Counter()
    right_below: Counter[float] = Counter()
    wrong = []
    try:
        for each in asked:
            fitting = routing.fitting(recipes, each["shape"])
            prompt = routing.route_prompt(each["question"], each["shape"], fitting)
            (scored,) = engine.score([prompt], routing.names_of(fitting), stop)
            recipe = routing.chosen(scored.best.label, fitting)
            assert recipe is not None, "a label is the name of a recipe"
            is_right = recipe.name in each["right"]
            for key in ("all", f"half {each['half']}", each["shape"]):
                total[key] += 1
                right[key] += is_right
            for margin in MARGINS:
                if scored.margin < margin:
                    below[margin] += 1
                    right_below[margin] += is_right
            if not is_right:
                wrong.append({**each, "chosen": recipe.name, "margin": round(scored.margin, 2)})
    finally:
        engine.close()
    if options.json:
        shares = {key: round(right[key] / total[key], 3) for key in total}
        print(json.dumps({"right": shares, "number": dict(total), "wrong": wrong}))
        return
    for key in total:
        print(f"{key}: {right[key]} of {total[key]} right, {right[key] / total[key]:.1%}")
    for margin in MARGINS:
        print(f"margin below {margin}: {right_below[margin]} of {below[margin]} right")
    for each in wrong:
        print(
            f"- {each['half']} {each['shape']}: {each['question']!r} -> {each['chosen']}"
            f" ({each['margin']}), right: {', '.join(each['right'])}"
        )


if __name__ == "__main__":
    main()
