// Sends files as they are picked, dropped, pasted or photographed: several at once, each with its
// own progress. One that fails says why, and the others go on. Without this script the same input
// goes with its form.
"use strict";

(() => {
  const AT_ONCE = 2;

  class Upload {
    constructor(box) {
      this.box = box;
      this.form = box.closest("form");
      this.words = box.dataset;
      this.list = box.querySelector(".upload-list");
      this.line = box.querySelector("template").content.firstElementChild;
      this.waiting = [];
      this.running = 0;
      const input = box.querySelector(".upload-input");
      const camera = box.querySelector(".upload-camera-input");
      for (const picked of [input, camera]) {
        picked.addEventListener("change", () => {
          this.add(picked.files);
          picked.value = ""; // it was sent: it must not go with the form too
        });
      }
      if (matchMedia("(pointer: coarse)").matches) {
        const button = box.querySelector(".upload-camera");
        button.hidden = false;
        button.addEventListener("click", () => camera.click());
      } else {
        box.querySelector(".upload-drop").hidden = false;
      }
      this.listen();
    }

    listen() {
      for (const kind of ["dragenter", "dragover"]) {
        this.form.addEventListener(kind, (event) => {
          if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          this.box.classList.add("upload-over");
        });
      }
      this.form.addEventListener("dragleave", (event) => {
        if (!this.form.contains(event.relatedTarget)) this.box.classList.remove("upload-over");
      });
      this.form.addEventListener("drop", (event) => {
        this.box.classList.remove("upload-over");
        if (!event.dataTransfer || !event.dataTransfer.files.length) return;
        event.preventDefault();
        this.add(event.dataTransfer.files);
      });
      this.form.addEventListener("paste", (event) => {
        const files = event.clipboardData ? event.clipboardData.files : [];
        if (!files.length) return;
        event.preventDefault();
        this.add(files);
      });
      this.form.addEventListener("submit", (event) => {
        if (!this.running && !this.waiting.length) return;
        event.preventDefault();
        event.stopImmediatePropagation(); // before anybody else sends the form
        this.say(this.words.busy);
      }, true);
    }

    add(files) {
      for (const file of files) {
        const line = this.line.cloneNode(true);
        line.querySelector(".upload-name").textContent = file.name;
        line.querySelector(".upload-why").textContent = this.words.waiting;
        const remove = line.querySelector(".upload-remove");
        remove.textContent = "×";
        remove.setAttribute("aria-label", `${this.words.remove}: ${file.name}`);
        const job = { file, line, request: null };
        remove.addEventListener("click", () => this.remove(job));
        this.list.append(line);
        if (file.size > Number(this.words.most)) this.fail(job, this.words.large);
        else this.waiting.push(job);
      }
      this.next();
    }

    next() {
      while (this.running < AT_ONCE && this.waiting.length) this.send(this.waiting.shift());
    }

    send(job) {
      this.running += 1;
      const request = (job.request = new XMLHttpRequest());
      const body = new FormData();
      body.append("files", job.file);
      request.open("POST", this.words.upload);
      request.responseType = "json";
      const token = this.form.querySelector("input[name=csrfmiddlewaretoken]");
      if (token) request.setRequestHeader("X-CSRFToken", token.value);
      const bar = job.line.querySelector("progress");
      const why = job.line.querySelector(".upload-why");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        bar.value = Math.round((100 * event.loaded) / event.total);
        why.textContent = `${bar.value} %`;
      });
      request.addEventListener("loadend", () => {
        this.running -= 1;
        this.told(job, request.response);
        this.next();
      });
      request.send(body);
    }

    told(job, answer) {
      if (!job.line.isConnected) return; // removed meanwhile
      const told = answer && answer.files ? answer.files[0] : null;
      if (!told) this.fail(job, (answer && answer.detail) || this.words.failed);
      else if (told.refused) this.fail(job, told.refused);
      else this.keep(job, told);
    }

    keep(job, told) {
      job.line.classList.add("upload-done");
      job.line.querySelector("progress").remove();
      job.line.querySelector(".upload-name").textContent = told.name;
      job.line.querySelector(".upload-why").textContent = this.words.done;
      if (told.thumb) {
        const image = job.line.querySelector("img");
        image.src = told.thumb;
        image.hidden = false;
      }
      const id = document.createElement("input");
      id.type = "hidden";
      id.name = "brought";
      id.value = told.id;
      job.line.append(id);
    }

    fail(job, why) {
      job.line.classList.add("upload-wrong");
      job.line.querySelector("progress").remove();
      const told = job.line.querySelector(".upload-why");
      told.textContent = why;
      told.setAttribute("role", "alert");
    }

    remove(job) {
      this.waiting = this.waiting.filter((other) => other !== job);
      job.line.remove();
      if (job.request) job.request.abort();
    }

    say(sentence) {
      let line = this.list.querySelector(".upload-said");
      if (!line) {
        line = document.createElement("li");
        line.className = "upload-said";
        line.setAttribute("role", "alert");
        this.list.append(line);
      }
      line.textContent = sentence;
      setTimeout(() => line.remove(), 4000);
    }
  }

  const start = (root) => {
    for (const box of root.querySelectorAll(".upload[data-upload]:not([data-ready])")) {
      if (!box.dataset.upload) continue;
      box.dataset.ready = "";
      new Upload(box);
    }
  };
  start(document);
  // A part of the page that was loaded anew brings its own.
  document.addEventListener("htmx:load", (event) => start(event.target.parentNode || document));
})();
