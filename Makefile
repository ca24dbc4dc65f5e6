# Two commands matter: `make lab` and `make test`. The work is done by scripts/; this file only names it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export ANSIBLE_CONFIG := ansible.cfg
PYTHON := .venv/bin/python
export NAME ?=
export DOMAIN ?=

ROUNDS ?= 20

.PHONY: help setup venv lab lab-down test walks lint unit explore integration molecule new form build golden lock clean

help: ## tampilkan daftar ini
	@echo "Terpusat: infrastruktur sebagai kode untuk pusat data pemerintah daerah"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r goal text; do printf '%-20s %s\n' "$$goal" "$$text"; done
	@echo
	@echo "Mulai dari: make lab    (perlu root; panduan: docs/panduan/01-mulai.md)"

setup: ## pasang paket sistem dan lingkungan Python (perlu root)
	@MAKECMDGOALS='$(MAKECMDGOALS)' scripts/bootstrap

venv: # the Python side alone; needs no root
	@scripts/bootstrap --python

lab: setup ## bangun laboratorium, konfigurasikan, buktikan dengan paket data (perlu root)
	@$(PYTHON) scripts/lab

lab-down: venv ## bongkar laboratorium; tidak ada yang tertinggal (perlu root)
	@molecule/lab/lab down

test: setup ## jalankan semua pemeriksaan dan pengujian (perlu root)
	@$(PYTHON) scripts/test

walks: setup ## bawa seluruh lab melewati tahap dan IPv6, beberapa kali konfigurasi (perlu root)
	@$(PYTHON) scripts/test image lab-up site walks

lint: venv ## periksa gaya penulisan dan tipe data
	@$(PYTHON) scripts/test lint

unit: venv ## uji bagian-bagian tanpa perangkat
	@$(PYTHON) scripts/test unit

explore: venv # property tests with new random examples, ROUNDS times; a failure prints how to repeat it
	@for round in $$(seq $(ROUNDS)); do TERPUSAT_EXPLORE=1 $(PYTHON) -m pytest -q -x -m hypothesis tests/unit; done

integration: setup # tests against a process or a namespace, without the laboratory
	@$(PYTHON) scripts/test integration

molecule: setup ## uji setiap peran di kontainer (perlu root)
	@$(PYTHON) scripts/test molecule

new: venv ## mulai pemerintah daerah sendiri: make new NAME=kabupaten-x [DOMAIN=xkab.go.id]
	@$(PYTHON) scripts/new "$$NAME" "$$DOMAIN"

form: venv ## buat formulir survei untuk OPD: make form NAME=kabupaten-x
	@$(PYTHON) scripts/form "$$NAME"

build: venv ## bungkus sebagai koleksi Ansible di dist/
	@scripts/build

golden: venv # writes anew what tests keep for people to review: host vars, and texts of all platforms
	@UPDATE_GOLDEN=1 $(PYTHON) -m pytest tests/unit/planning/test_golden.py tests/unit/rendering/test_golden_texts.py tests/unit/rendering/test_bgp.py

lock: venv # writes requirements*.txt from what the environment has
	@$(PYTHON) scripts/lock

clean: ## hapus laboratorium, lingkungan Python, dan semua berkas sementara
	@scripts/clean
