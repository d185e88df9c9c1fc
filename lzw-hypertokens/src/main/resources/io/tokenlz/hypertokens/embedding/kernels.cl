/*
 * What hyper-encoders do on a device (EMBEDDING.md, sections 3 and 5), as OpenCL C 1.2 and as CUDA.
 *
 * Built with WEIGHT_F32, WEIGHT_F16 or WEIGHT_BF16 for what base rows and weights hold, ROW_F32, ROW_F16 or ROW_BF16 for the
 * table's rows, and MOST_SLOTS, at least the slots of an entry. All else is float.
 *
 * Each kernel works on `count` entries from entry `first` of a launch on; these are its first two arguments. An entry is
 * 1 + slots ints: its row of the table, and its base tokens. The host has checked all of them. Activations hold only the
 * entries that are worked on: entry `first` is at 0.
 *
 * What goes number by number does `span` of them in a row: 1 on a GPU, whose neighbours then read together, many on a CPU, whose
 * loop is made of vectors. Dimension 0 runs over the numbers of a row, dimension 1 over entries or their slots.
 */

#if defined(__OPENCL_VERSION__) || defined(__OPENCL_C_VERSION__)
#define KERNEL __kernel
#define GROUP_OF_256 __attribute__((reqd_work_group_size(16, 16, 1)))
#define FUNCTION static
#define GLOBAL __global
#define LOCAL __local
#define LOCAL_POINTER(type) __local type *
#define RESTRICT restrict
#define BARRIER barrier(CLK_LOCAL_MEM_FENCE)
#define ITEM(dimension) ((int) get_global_id(dimension))
#define LOCAL_ITEM(dimension) ((int) get_local_id(dimension))
#define LOCAL_ITEMS(dimension) ((int) get_local_size(dimension))
#define GROUP(dimension) ((int) get_group_id(dimension))
typedef half half_bits;
#define LOAD_F16(p, i) vload_half(i, p)
#define STORE_F16(value, p, i) vstore_half_rte(value, i, p)
#define FLOAT_OF_BITS(bits) as_float(bits)
#define BITS_OF_FLOAT(value) as_uint(value)
#define ERF(x) erf(x)
#define EXP(x) exp(x)
#define SQRT(x) sqrt(x)
#else
#define KERNEL extern "C" __global__
#define GROUP_OF_256 __launch_bounds__(256)
#define FUNCTION static __device__
#define GLOBAL
#define LOCAL __shared__
#define LOCAL_POINTER(type) type *
#define RESTRICT __restrict__
#define BARRIER __syncthreads()
#define LOCAL_ITEM(dimension) ((int) (dimension == 0 ? threadIdx.x : threadIdx.y))
#define LOCAL_ITEMS(dimension) ((int) (dimension == 0 ? blockDim.x : blockDim.y))
#define GROUP(dimension) ((int) (dimension == 0 ? blockIdx.x : blockIdx.y))
#define ITEM(dimension) (GROUP(dimension) * LOCAL_ITEMS(dimension) + LOCAL_ITEM(dimension))
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned short half_bits;
#if defined(WEIGHT_F16)
FUNCTION float load_f16(const half_bits *p, size_t i) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(p[i]));
    return value;
}
#endif
#if defined(ROW_F16)
FUNCTION void store_f16(float value, half_bits *p, size_t i) {
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(p[i]) : "f"(value));
}
#endif
#define LOAD_F16(p, i) load_f16(p, i)
#define STORE_F16(value, p, i) store_f16(value, p, i)
#define FLOAT_OF_BITS(bits) __uint_as_float(bits)
#define BITS_OF_FLOAT(value) __float_as_uint(value)
#define ERF(x) erff(x)
#define EXP(x) expf(x)
#define SQRT(x) sqrtf(x)
#endif

#if defined(WEIGHT_F32)
typedef float weight_t;
#define WEIGHT(p, i) ((p)[i])
#elif defined(WEIGHT_F16)
typedef half_bits weight_t;
#define WEIGHT(p, i) LOAD_F16(p, i)
#elif defined(WEIGHT_BF16)
typedef ushort weight_t;
#define WEIGHT(p, i) FLOAT_OF_BITS((uint) (p)[i] << 16)
#else
#error "what weights hold must be defined"
#endif

#if defined(ROW_F32)
typedef float row_t;
#define STORE_ROW(value, p, i) (p)[i] = (value)
#elif defined(ROW_F16)
typedef half_bits row_t;
#define STORE_ROW(value, p, i) STORE_F16(value, p, i)
#elif defined(ROW_BF16)
typedef ushort row_t;
/* To nearest, ties to even. */
FUNCTION ushort bf16_bits(float value) {
    uint bits = BITS_OF_FLOAT(value);
    return (ushort) ((bits & 0x7FFFFFFF) > 0x7F800000 ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}
#define STORE_ROW(value, p, i) (p)[i] = bf16_bits(value)
#else
#error "what rows hold must be defined"
#endif

/* Numbers first ... last - 1 of a row are this work-item's. */
#define FIRST_OF_SPAN (ITEM(0) * span)
#define LAST_OF_SPAN(size) (FIRST_OF_SPAN + span < (size) ? FIRST_OF_SPAN + span : (size))

FUNCTION int valid_slots(GLOBAL const int *tokens, int slots, int pad) {
    int valid = 0;
    while (valid < slots && tokens[valid] != pad) {
        valid++;
    }
    return valid;
}

/* The mean of the valid slots' base rows, into the table. */
KERNEL void mean_rows(int first, int count, GLOBAL const int *RESTRICT entries, GLOBAL const weight_t *RESTRICT base,
        GLOBAL row_t *RESTRICT rows, int slots, int size, int pad, int span) {
    if (ITEM(1) >= count) {
        return;
    }
    GLOBAL const int *entry = entries + (size_t) (first + ITEM(1)) * (1 + slots);
    GLOBAL row_t *row = rows + (size_t) entry[0] * size;
    int valid = valid_slots(entry + 1, slots, pad);
    for (int i = FIRST_OF_SPAN; i < LAST_OF_SPAN(size); i++) {
        float sum = 0;
        for (int slot = 0; slot < valid; slot++) {
            sum += WEIGHT(base, (size_t) entry[1 + slot] * size + i);
        }
        STORE_ROW(sum / valid, row, i);
    }
}

/* The base rows of all slots, pads included. */
KERNEL void gather(int first, int count, GLOBAL const int *RESTRICT entries, GLOBAL const weight_t *RESTRICT base,
        GLOBAL float *RESTRICT x, int slots, int size, int span) {
    int token = ITEM(1);
    if (token >= count * slots) {
        return;
    }
    int id = entries[(size_t) (first + token / slots) * (1 + slots) + 1 + token % slots];
    GLOBAL const weight_t *from = base + (size_t) id * size;
    GLOBAL float *to = x + (size_t) token * size;
    for (int i = FIRST_OF_SPAN; i < LAST_OF_SPAN(size); i++) {
        to[i] = WEIGHT(from, i);
    }
}

/* x += positions, by slot. */
KERNEL void add_positions(int first, int count, GLOBAL const float *RESTRICT positions, GLOBAL float *RESTRICT x, int slots,
        int size, int span) {
    int token = ITEM(1);
    if (token >= count * slots) {
        return;
    }
    GLOBAL const float *position = positions + (size_t) (token % slots) * size;
    GLOBAL float *to = x + (size_t) token * size;
    for (int i = FIRST_OF_SPAN; i < LAST_OF_SPAN(size); i++) {
        to[i] += position[i];
    }
}

/* Eight sums that are added up at last: errors stay small, and a CPU makes vectors of them. */
FUNCTION float sum_of_eight(const float *sums) {
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

FUNCTION float dot_product(GLOBAL const float *a, GLOBAL const float *b, int size) {
    float sums[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    int i = 0;
    for (; i + 8 <= size; i += 8) {
        for (int j = 0; j < 8; j++) {
            sums[j] += a[i + j] * b[i + j];
        }
    }
    for (int j = 0; i + j < size; j++) {
        sums[j] += a[i + j] * b[i + j];
    }
    return sum_of_eight(sums);
}

/* Between valid slots, to valid slots, and to valid slots that are not behind. */
#define MASK_BETWEEN_VALID 0
#define MASK_TO_VALID_BEFORE 2

/* Softmax attention of one head of one slot to the slots of its entry; without any that is allowed the result is zero. */
KERNEL void attention(int first, int count, GLOBAL const int *RESTRICT entries, GLOBAL const float *RESTRICT queries,
        GLOBAL const float *RESTRICT keys, GLOBAL const float *RESTRICT values, GLOBAL float *RESTRICT result, int slots,
        int heads, int head_size, int pad, int mask) {
    int token = ITEM(1);
    int head = ITEM(0);
    if (token >= count * slots || head >= heads) {
        return;
    }
    int slot = token % slots;
    int size = heads * head_size;
    int valid = valid_slots(entries + (size_t) (first + token / slots) * (1 + slots) + 1, slots, pad);
    /* valid slots are the first ones: so are those that are allowed */
    int allowed = mask == MASK_BETWEEN_VALID && slot >= valid ? 0
            : mask == MASK_TO_VALID_BEFORE && slot + 1 < valid ? slot + 1 : valid;
    size_t at = (size_t) token * size + head * head_size;
    size_t others = (size_t) (token - slot) * size + head * head_size;
    float shares[MOST_SLOTS];
    float highest = -INFINITY;
    float scale = 1 / SQRT((float) head_size);
    for (int other = 0; other < allowed; other++) {
        shares[other] = scale * dot_product(queries + at, keys + others + (size_t) other * size, head_size);
        highest = shares[other] > highest ? shares[other] : highest;
    }
    float sum = 0;
    for (int other = 0; other < allowed; other++) {
        shares[other] = EXP(shares[other] - highest);
        sum += shares[other];
    }
    for (int i = 0; i < head_size; i++) {
        result[at + i] = 0;
    }
    for (int other = 0; other < allowed; other++) {
        float share = shares[other] / sum;
        GLOBAL const float *value = values + others + (size_t) other * size;
        for (int i = 0; i < head_size; i++) {
            result[at + i] += share * value[i];
        }
    }
}

/*
 * The sum over a group, which each work-item adds up for itself, for a group is small. (With a tree of barriers rows were now
 * and then wrong on PoCL 3.1 with several threads; why, was not found out.) The parts' memory is used once.
 */
FUNCTION float group_sum(float part, LOCAL_POINTER(float) parts) {
    parts[LOCAL_ITEM(0)] = part;
    BARRIER;
    float sum = 0;
    for (int i = 0; i < LOCAL_ITEMS(0); i++) {
        sum += parts[i];
    }
    return sum;
}

/*
 * Layer normalisation, in place if `to` is `from`; a group for each token, of 64 work-items at most. Each
 * reads and writes numbers of its own, eight in a row.
 */
KERNEL void layer_norm(int first, int count, GLOBAL const float *RESTRICT weight, GLOBAL const float *RESTRICT bias,
        GLOBAL const float *from, GLOBAL float *to, int slots, int size) {
    LOCAL float parts[64];
    LOCAL float parts_of_squares[64];
    size_t at = (size_t) GROUP(1) * size;
    int begin = LOCAL_ITEM(0) * 8;
    int step = LOCAL_ITEMS(0) * 8;
    float sums[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = begin; i < size; i += step) {
        for (int j = 0; j < 8; j++) {
            sums[j] += i + j < size ? from[at + i + j] : 0;
        }
    }
    float centre = group_sum(sum_of_eight(sums), parts) / size;
    float squares[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = begin; i < size; i += step) {
        for (int j = 0; j < 8; j++) {
            float deviation = i + j < size ? from[at + i + j] - centre : 0;
            squares[j] += deviation * deviation;
        }
    }
    float scale = 1 / SQRT(group_sum(sum_of_eight(squares), parts_of_squares) / size + 1e-5f);
    for (int i = begin; i < size; i += step) {
        for (int j = i; j < i + 8 && j < size; j++) {
            to[at + j] = (from[at + j] - centre) * scale * weight[j] + bias[j];
        }
    }
}

/* The exact one, in place. */
KERNEL void gelu(int first, int count, GLOBAL float *RESTRICT x, int slots, int size, int span) {
    if (ITEM(1) >= count * slots) {
        return;
    }
    GLOBAL float *numbers = x + (size_t) ITEM(1) * size;
    for (int i = FIRST_OF_SPAN; i < LAST_OF_SPAN(size); i++) {
        numbers[i] = numbers[i] * 0.5f * (1 + ERF(numbers[i] * 0.70710678f));
    }
}

#define POOL_ALL 0
#define POOL_VALID 1

/* The mean of all slots or of the valid ones, or the last valid one. */
KERNEL void pool(int first, int count, GLOBAL const int *RESTRICT entries, GLOBAL const float *RESTRICT x,
        GLOBAL float *RESTRICT pooled, int slots, int size, int pad, int way, int span) {
    int entry = ITEM(1);
    if (entry >= count) {
        return;
    }
    int valid = valid_slots(entries + (size_t) (first + entry) * (1 + slots) + 1, slots, pad);
    int from = way == POOL_ALL || way == POOL_VALID ? 0 : valid - 1;
    int behind = way == POOL_ALL ? slots : valid;
    GLOBAL const float *numbers = x + (size_t) entry * slots * size;
    for (int i = FIRST_OF_SPAN; i < LAST_OF_SPAN(size); i++) {
        float sum = 0;
        for (int slot = from; slot < behind; slot++) {
            sum += numbers[(size_t) slot * size + i];
        }
        pooled[(size_t) entry * size + i] = sum / (behind - from);
    }
}

/* Results into the table's rows, with the first base token's row added where there is a residual. */
KERNEL void scatter(int first, int count, GLOBAL const int *RESTRICT entries, GLOBAL const weight_t *RESTRICT base,
        GLOBAL const float *RESTRICT results, GLOBAL row_t *RESTRICT rows, int slots, int size, int residual, int span) {
    if (ITEM(1) >= count) {
        return;
    }
    GLOBAL const int *entry = entries + (size_t) (first + ITEM(1)) * (1 + slots);
    GLOBAL const weight_t *token = base + (size_t) entry[1] * size;
    GLOBAL const float *result = results + (size_t) ITEM(1) * size;
    GLOBAL row_t *row = rows + (size_t) entry[0] * size;
    for (int i = FIRST_OF_SPAN; i < LAST_OF_SPAN(size); i++) {
        float value = residual ? result[i] + WEIGHT(token, i) : result[i];
        STORE_ROW(value, row, i);
    }
}

/* Sides of what a group computes, and numbers of a sum that it reads at a time; each work-item computes FEW by FEW of them. */
#define TILE 64
#define DEPTH 16
#define FEW 4

/*
 * result = x · weightᵀ, or += if `adds`, x [tokens, inputs] and weight [outputs, inputs], for a GPU: tiles of both go through
 * local memory, 16 by 16 work-items for each tile of 64 tokens by 64 outputs. `slots` are tokens of an entry.
 */
KERNEL void GROUP_OF_256 gemm_tiles(int first, int count, GLOBAL const weight_t *RESTRICT weight, GLOBAL const float *RESTRICT x,
        GLOBAL float *RESTRICT result, int slots, int inputs, int outputs, int adds) {
    LOCAL float x_tile[DEPTH][TILE + 1];
    LOCAL float weight_tile[DEPTH][TILE + 1];
    int tokens = count * slots;
    int item = LOCAL_ITEM(1) * 16 + LOCAL_ITEM(0);
    float sums[FEW][FEW] = {{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    for (int start = 0; start < inputs; start += DEPTH) {
        for (int i = item; i < TILE * DEPTH; i += 256) {
            int input = start + i % DEPTH;
            int token = GROUP(1) * TILE + i / DEPTH;
            int output = GROUP(0) * TILE + i / DEPTH;
            x_tile[i % DEPTH][i / DEPTH] = token < tokens && input < inputs ? x[(size_t) token * inputs + input] : 0;
            weight_tile[i % DEPTH][i / DEPTH] =
                    output < outputs && input < inputs ? WEIGHT(weight, (size_t) output * inputs + input) : 0;
        }
        BARRIER;
        for (int i = 0; i < DEPTH; i++) {
            for (int j = 0; j < FEW; j++) {
                float number = x_tile[i][LOCAL_ITEM(1) + 16 * j];
                for (int k = 0; k < FEW; k++) {
                    sums[j][k] += number * weight_tile[i][LOCAL_ITEM(0) + 16 * k];
                }
            }
        }
        BARRIER;
    }
    for (int j = 0; j < FEW; j++) {
        for (int k = 0; k < FEW; k++) {
            int token = GROUP(1) * TILE + LOCAL_ITEM(1) + 16 * j;
            int output = GROUP(0) * TILE + LOCAL_ITEM(0) + 16 * k;
            if (token < tokens && output < outputs) {
                size_t at = (size_t) token * outputs + output;
                result[at] = adds ? result[at] + sums[j][k] : sums[j][k];
            }
        }
    }
}

#if defined(__OPENCL_VERSION__) || defined(__OPENCL_C_VERSION__)
#if defined(WEIGHT_F32)
#define EIGHT_WEIGHTS(p, i) vload8(0, (p) + (i))
#elif defined(WEIGHT_F16)
#define EIGHT_WEIGHTS(p, i) vload_half8(0, (p) + (i))
#else
#define EIGHT_WEIGHTS(p, i) as_float8(convert_uint8(vload8(0, (p) + (i))) << 16)
#endif

static float sum_of_vector(float8 v) {
    float4 four = v.lo + v.hi;
    float2 two = four.lo + four.hi;
    return two.x + two.y;
}

/*
 * The same for a CPU: each work-item computes four outputs of all tokens, four tokens at a time, so that each vector that is
 * read serves four sums, and weights stay in the cache from the first tokens on. No local memory, no barriers.
 */
__kernel void gemm_rows(int first, int count, __global const weight_t *restrict weight, __global const float *restrict x,
        __global float *restrict result, int slots, int inputs, int outputs, int adds) {
    int tokens = count * slots;
    int output = (int) get_global_id(0) * FEW;
    if (output >= outputs) {
        return;
    }
    /* behind the last one the last one again, whose result is not stored */
    __global const weight_t *w0 = weight + (size_t) output * inputs;
    __global const weight_t *w1 = weight + (size_t) min(output + 1, outputs - 1) * inputs;
    __global const weight_t *w2 = weight + (size_t) min(output + 2, outputs - 1) * inputs;
    __global const weight_t *w3 = weight + (size_t) min(output + 3, outputs - 1) * inputs;
    for (int token = 0; token < tokens; token += FEW) {
        __global const float *x0 = x + (size_t) token * inputs;
        __global const float *x1 = x + (size_t) min(token + 1, tokens - 1) * inputs;
        __global const float *x2 = x + (size_t) min(token + 2, tokens - 1) * inputs;
        __global const float *x3 = x + (size_t) min(token + 3, tokens - 1) * inputs;
        float8 s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
        float8 s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
        int i = 0;
        for (; i + 8 <= inputs; i += 8) {
            float8 a0 = vload8(0, x0 + i), a1 = vload8(0, x1 + i), a2 = vload8(0, x2 + i), a3 = vload8(0, x3 + i);
            float8 w = EIGHT_WEIGHTS(w0, i);
            s00 += a0 * w, s10 += a1 * w, s20 += a2 * w, s30 += a3 * w;
            w = EIGHT_WEIGHTS(w1, i);
            s01 += a0 * w, s11 += a1 * w, s21 += a2 * w, s31 += a3 * w;
            w = EIGHT_WEIGHTS(w2, i);
            s02 += a0 * w, s12 += a1 * w, s22 += a2 * w, s32 += a3 * w;
            w = EIGHT_WEIGHTS(w3, i);
            s03 += a0 * w, s13 += a1 * w, s23 += a2 * w, s33 += a3 * w;
        }
        float sums[FEW * FEW] = {sum_of_vector(s00), sum_of_vector(s01), sum_of_vector(s02), sum_of_vector(s03),
                sum_of_vector(s10), sum_of_vector(s11), sum_of_vector(s12), sum_of_vector(s13),
                sum_of_vector(s20), sum_of_vector(s21), sum_of_vector(s22), sum_of_vector(s23),
                sum_of_vector(s30), sum_of_vector(s31), sum_of_vector(s32), sum_of_vector(s33)};
        for (int j = 0; j < FEW && token + j < tokens; j++) {
            for (int k = 0; k < FEW && output + k < outputs; k++) {
                float sum = sums[j * FEW + k];
                for (int tail = i; tail < inputs; tail++) {
                    sum += x[(size_t) (token + j) * inputs + tail] * WEIGHT(weight, (size_t) (output + k) * inputs + tail);
                }
                size_t at = (size_t) (token + j) * outputs + output + k;
                result[at] = adds ? result[at] + sum : sum;
            }
        }
    }
}
#endif
