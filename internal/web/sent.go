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
	"foia/internal/lazy"
	"foia/internal/remedy"
)

// upload is a file that came with a form, until it is recorded.
type upload struct{ dir, path string }

const errLarge = lazy.Failure("the form or its file is larger than the desk takes")

// mostTyped is how much a form may say, besides its file.
const mostTyped = 256 << 10

// sent reads a form, and the file that came with it.
func (a *asked) sent() (u upload, err error) {
	err = a.r.ParseMultipartForm(1 << 20)
	if errors.Is(err, http.ErrNotMultipart) {
		err = a.r.ParseForm()
	}
	long := 0
	for name, values := range a.r.PostForm {
		for _, v := range values {
			long += len(name) + len(v)
		}
	}
	var large *http.MaxBytesError
	if long > mostTyped || errors.As(err, &large) {
		a.r.PostForm = nil
		return u, errLarge
	}
	if err != nil {
		return u, remedy.Misuse("the form cannot be read: "+err.Error(), "go back and send it again")
	}
	if a.r.MultipartForm == nil {
		return u, nil
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
