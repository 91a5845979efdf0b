"""The chat template for a model whose file has none.

ChatML is what llama.cpp takes then, and what most models of today were trained on or were shown
in passing. A model that was never made for a conversation may follow it badly, so the user is told
(see `notice` in models/verify.py).
"""

#: How the template is called when the user is told of it.
NAME = "chatml"

#: Jinja, as in the files that have a template.
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)

#: Where a reply ends. A model whose vocabulary does not have it as one token writes it as text.
STOP = "<|im_end|>"
