# The two commands: `make demo` and `make test`. Everything is built by CMake and Ninja in build/.
BUILD ?= build
CARD  ?= examples/hnl_nd_lar.yaml

.PHONY: all setup demo test fast bench docs fuzz clean
all: setup $(BUILD)/build.ninja
	@ninja -C $(BUILD)
setup:
	@scripts/setup
$(BUILD)/build.ninja: CMakeLists.txt
	@cmake -S . -B $(BUILD) -G Ninja
demo: all
	$(BUILD)/bsmnu run $(CARD) -o out/demo
	@echo "the picture: out/demo/energy.png; the numbers: out/demo/summary.json; the text: out/demo/report.md"
test: all
	@scripts/test $(BUILD)
fast: all
	@scripts/test $(BUILD) -L fast
bench: all
	@scripts/bench $(BUILD)
docs: all
	$(BUILD)/bsmnu doc > docs/models.md
fuzz: setup
	@scripts/fuzz
clean:
	rm -rf $(BUILD) build-* out
