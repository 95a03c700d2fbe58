package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"foia/internal/disk"
)

// upload is a file that came with a form, until it is recorded.
type upload struct{ dir, path string }

// sent reads a form, and the file that came with it.
func (a *asked) sent() (u upload, err error) {
	err = a.r.ParseMultipartForm(1 << 20)
	if errors.Is(err, http.ErrNotMultipart) {
		return u, a.r.ParseForm()
	}
	if err != nil {
		return u, err
	}
	files := a.r.MultipartForm.File["file"]
	if len(files) == 0 || files[0].Filename == "" {
		return u, nil
	}
	return keepUpload(files[0])
}

// keepUpload puts a file aside under the name that it has, which may be anything.
func keepUpload(head *multipart.FileHeader) (u upload, err error) {
	if u.dir, err = os.MkdirTemp("", "foia-"); err != nil {
		return u, err
	}
	name := clean(filepath.Base(strings.ReplaceAll(head.Filename, `\`, "/")))
	if name = strings.Trim(strings.NewReplacer("/", "-", "\n", " ", "\t", " ").Replace(name), ". "); name == "" {
		name = "file"
	}
	u.path = filepath.Join(u.dir, name)
	from, err := head.Open()
	if err != nil {
		return u, errors.Join(err, disk.RemoveAll(u.dir))
	}
	to, err := os.OpenFile(u.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = io.Copy(to, from)
		err = errors.Join(err, to.Close())
	}
	if err = errors.Join(err, from.Close()); err != nil {
		err = errors.Join(err, disk.RemoveAll(u.dir))
	}
	return u, err
}

// forget takes the file away: what was recorded has a copy.
func (u upload) forget(a *asked) {
	if u.dir == "" {
		return
	}
	if err := disk.RemoveAll(u.dir); err != nil && a.s.Failed != nil {
		a.s.Failed(err.Error())
	}
}
