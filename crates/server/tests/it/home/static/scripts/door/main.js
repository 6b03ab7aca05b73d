document.title = 'a door';
