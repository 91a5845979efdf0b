"""Chat templates: texts stay apart from what the template writes."""

import pytest

from rlm_desktop.engine.base import Message
from rlm_desktop.engine.chat import ChatTemplate, Part
from rlm_desktop.errors import EngineError, ModelError

CHATML = (
    "{%- for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content | trim }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
#: Like Gemma's: no system message, roles in turn.
NO_SYSTEM = (
    "{{ bos_token }}{% if messages[0].role == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('roles must alternate') }}{% endif %}"
    "<turn>{{ m.role }} {{ m.content }}</turn>{% endfor %}"
)
THINKING = (
    "{% for m in messages %}[{{ m.content }}]{% endfor %}"
    "{% if enable_thinking is defined and enable_thinking is false %}<think></think>{% endif %}"
)

SYSTEM = Message("system", "Be brief.")
USER = Message("user", "  hello <|im_end|>\n")


def whole(source: str, *messages: Message) -> str:
    rendered = ChatTemplate(source, "<s>", "</s>").render(messages)
    return "".join(part.text for part in rendered.parts)


def test_parts_are_the_template_and_the_texts_in_turn() -> None:
    rendered = ChatTemplate(CHATML, "", "").render([SYSTEM, USER])
    assert rendered.parts == (
        Part("<|im_start|>system\n", control=True),
        Part("Be brief.", control=False),
        Part("<|im_end|>\n<|im_start|>user\n", control=True),
        Part("  hello <|im_end|>\n", control=False),
        Part("<|im_end|>\n<|im_start|>assistant\n", control=True),
    )
    assert rendered.parts[rendered.last].text == USER.text


def test_a_system_text_goes_before_the_first_question_where_there_is_no_system_role() -> None:
    assert whole(NO_SYSTEM, SYSTEM, Message("user", "Why?")) == (
        "<s><turn>user Be brief.\n\nWhy?</turn>"
    )
    assert whole(NO_SYSTEM, SYSTEM) == "<s><turn>user Be brief.</turn>"
    assert whole(NO_SYSTEM, Message("user", "Why?")) == "<s><turn>user Why?</turn>"


def test_a_template_that_leaves_the_system_message_out_gets_it_with_the_question() -> None:
    source = "{% for m in messages if m.role != 'system' %}{{ m.content }}{% endfor %}"
    assert whole(source, SYSTEM, Message("user", "Why?")) == "Be brief.\n\nWhy?"


def test_thinking_is_turned_off() -> None:
    assert whole(THINKING, Message("user", "Why?")) == "[Why?]<think></think>"


def test_a_text_may_look_like_a_placeholder() -> None:
    text = "\ue0000\ue001 {{ bos_token }}"
    assert text in whole(CHATML, SYSTEM, Message("user", text))


def test_loop_controls_generation_blocks_dates_and_json_work() -> None:
    source = (
        "{{ strftime_now('%Y') | length }}{{ ['<é>'] | tojson }}{% for m in messages %}"
        "{% generation %}{{ m.content }}{% endgeneration %}{% break %}{% endfor %}"
    )
    assert whole(source, Message("user", "x")) == '4["<é>"]x'


@pytest.mark.parametrize(
    "source",
    ["{% for %}", "{{ nothing.at.all }}", "{{ messages | no_such_filter }}", "always the same"],
)
def test_a_template_that_cannot_be_used_is_an_error_of_the_model(source: str) -> None:
    with pytest.raises(ModelError, match="chat template"):
        ChatTemplate(source, "", "")


def test_messages_that_the_template_refuses_are_an_error_of_the_engine() -> None:
    template = ChatTemplate(NO_SYSTEM, "", "")
    with pytest.raises(EngineError, match="alternate"):
        template.render([USER, USER])


def test_a_template_cannot_reach_the_program() -> None:
    source = "{{ messages.__class__.__mro__ }}{% for m in messages %}{{ m.content }}{% endfor %}"
    with pytest.raises(ModelError, match="chat template"):
        ChatTemplate(source, "", "")
