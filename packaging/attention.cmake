# Lets llama.cpp's attention pass quickly over cells that a token does not look at.
#
# Many replies share one cache, so most cells of a step belong to others. llama.cpp 0.3.36 (of
# llama-cpp-python) does skip them, but it turns each entry of the mask into a float first, one by
# one, for every head of every layer. Here the entries are compared as they are, many at a time.
# What is computed stays the same. CONTRIBUTING has the numbers.
#
# CMake reads this file while it configures llama-cpp-python (CMAKE_PROJECT_llama_cpp_INCLUDE), in
# the folder that pip unpacked the sources into. If they are other sources it stops with a message.

set(source "${CMAKE_CURRENT_SOURCE_DIR}/vendor/llama.cpp/ggml/src/ggml-cpu/ops.cpp")
file(READ "${source}" text)

function(replace_once old new)
    string(REPLACE "${old}" "" without "${text}")
    string(LENGTH "${text}" before)
    string(LENGTH "${without}" after)
    string(LENGTH "${old}" length)
    math(EXPR removed "${before} - ${after}")
    if(NOT removed EQUAL length)
        message(FATAL_ERROR "packaging/attention.cmake does not fit this version of llama.cpp: "
                            "take it out of packaging/bootstrap_venv.py, or bring it up to date.")
    endif()
    string(REPLACE "${old}" "${new}" text "${text}")
    set(text "${text}" PARENT_SCOPE)
endfunction()

string(FIND "${text}" "rlm_all_masked" already)
if(already EQUAL -1)
    replace_once([[static void ggml_compute_forward_flash_attn_ext_f16_one_chunk(
        const ggml_compute_params * params,]] [[
// whether `n` entries of a mask are all minus infinity, which is 0xFC00 as 16 bits
static inline bool rlm_all_masked(const ggml_fp16_t * mask, int64_t n) {
    uint16_t others = 0;
    for (int64_t i = 0; i < n; ++i) {
        others |= (uint16_t) (mask[i] ^ 0xFC00);
    }
    return others == 0;
}

static void ggml_compute_forward_flash_attn_ext_f16_one_chunk(
        const ggml_compute_params * params,]])

    replace_once([[            if (mv == -INFINITY) {
                continue;
            }

            float s; // KQ value]] [[            if (mv == -INFINITY) {
                while (ic + 64 < ic_end && rlm_all_masked(mp + ic + 1, 64)) {
                    ic += 64;
                }
                continue;
            }

            float s; // KQ value]])

    replace_once([[            if (mask) {
                bool can_skip = true;
                for (int tq = 0; tq < tile_rows; tq++) {]] [[            if (mask) {
                bool can_skip = true;
                for (int tq = 0; tq < tile_rows && can_skip; tq++) {
                    const char * row = (const char *) mask->data + (iq1 + tq)*mask->nb[1] + (iq2%mask->ne[2])*mask->nb[2] + (iq3%mask->ne[3])*mask->nb[3];
                    can_skip = rlm_all_masked((const ggml_fp16_t *) row + ic, kv_tile);
                }
                if (can_skip) {
                    continue;
                }
                for (int tq = 0; tq < tile_rows; tq++) {]])
    file(WRITE "${source}" "${text}")
endif()
